// A stdio server with the tools, resources and prompts that the conformance suite asks for by
// name.

import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import * as types from '@modelcontextprotocol/sdk/types.js';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const SILENCE = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=';

const said = (text) => ({ type: 'text', text });
const picture = { type: 'image', data: PIXEL, mimeType: 'image/png' };
const embedded = (uri, mimeType, text) => ({ type: 'resource', resource: { uri, mimeType, text } });
const content = (...blocks) => async () => ({ content: blocks });
const user = (block) => ({ role: 'user', content: block });
const strings = (...names) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  required: names,
});
const choice = (text, more) => ({ type: 'string', description: text, ...more });
const titled = (name) => ({ const: name, title: `Title of ${name}` });
const several = (items) => ({ type: 'array', minItems: 1, maxItems: 2, items });

const elicit = async (extra, message, properties) => {
  const requestedSchema = { type: 'object', properties, required: [] };
  const request = { method: 'elicitation/create', params: { message, requestedSchema } };
  const answer = await extra.sendRequest(request, types.ElicitResultSchema);
  return { content: [said(JSON.stringify(answer))] };
};

const TOOLS = {
  test_simple_text: [strings(), content(said('This is a simple text response for testing.'))],
  test_image_content: [strings(), content(picture)],
  test_audio_content: [strings(), content({ type: 'audio', data: SILENCE, mimeType: 'audio/wav' })],
  test_embedded_resource: [
    strings(),
    content(embedded('test://embedded-resource', 'text/plain', 'An embedded text.')),
  ],
  test_multiple_content_types: [
    strings(),
    content(said('Several:'), picture, embedded('test://mixed-content-resource', 'application/json', '{}')),
  ],
  test_tool_with_logging: [
    strings(),
    async (_, extra) => {
      for (const data of ['started', 'at work', 'done']) {
        const params = { level: 'info', data };
        await extra.sendNotification({ method: 'notifications/message', params });
      }
      return { content: [said('It was logged.')] };
    },
  ],
  test_tool_with_progress: [
    strings(),
    async (_, extra) => {
      const progressToken = extra._meta?.progressToken ?? 0;
      for (const progress of [0, 50, 100]) {
        const params = { progressToken, progress, total: 100 };
        await extra.sendNotification({ method: 'notifications/progress', params });
      }
      return { content: [said(String(progressToken))] };
    },
  ],
  test_error_handling: [
    strings(),
    async () => ({
      content: [said('This tool intentionally returns an error for testing')],
      isError: true,
    }),
  ],
  test_sampling: [
    strings('prompt'),
    async ({ prompt }, extra) => {
      const params = { messages: [user(said(prompt))], maxTokens: 100 };
      const request = { method: 'sampling/createMessage', params };
      const answer = await extra.sendRequest(request, types.CreateMessageResultSchema);
      return { content: [said(`LLM response: ${answer.content.text}`)] };
    },
  ],
  test_elicitation: [
    strings('message'),
    ({ message }, extra) => elicit(extra, message, { response: { type: 'string' } }),
  ],
  test_elicitation_sep1034_defaults: [
    strings(),
    (_, extra) =>
      elicit(extra, 'Keep the defaults', {
        name: { type: 'string', default: 'Owner' },
        age: { type: 'integer', default: 30 },
        score: { type: 'number', default: 95.5 },
        status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
        verified: { type: 'boolean', default: true },
      }),
  ],
  test_elicitation_sep1330_enums: [
    strings(),
    (_, extra) =>
      elicit(extra, 'Choose', {
        untitledSingle: choice('One', { enum: ['option1', 'option2', 'option3'] }),
        titledSingle: choice('One', { oneOf: ['value1', 'value2', 'value3'].map(titled) }),
        legacyEnum: choice('One', {
          enum: ['opt1', 'opt2', 'opt3'],
          enumNames: ['Option One', 'Option Two', 'Option Three'],
        }),
        untitledMulti: several({ type: 'string', enum: ['option1', 'option2', 'option3'] }),
        titledMulti: several({ anyOf: ['value1', 'value2', 'value3'].map(titled) }),
      }),
  ],
  json_schema_2020_12_tool: [
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      $defs: {
        address: {
          type: 'object',
          properties: { street: { type: 'string' }, city: { type: 'string' } },
        },
      },
      properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
      additionalProperties: false,
    },
    content(said('It has a schema.')),
  ],
};

const RESOURCES = {
  'test://static-text': { mimeType: 'text/plain', text: 'A text that stays.' },
  'test://static-binary': { mimeType: 'image/png', blob: PIXEL },
  'test://watched-resource': { mimeType: 'text/plain', text: 'A text that is watched.' },
};

const PROMPTS = {
  test_simple_prompt: [[], () => [user(said('This is a simple prompt for testing.'))]],
  test_prompt_with_arguments: [
    ['arg1', 'arg2'],
    ({ arg1, arg2 }) => [user(said(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))],
  ],
  test_prompt_with_embedded_resource: [
    ['resourceUri'],
    ({ resourceUri }) => [user(embedded(resourceUri, 'text/plain', 'An embedded text.'))],
  ],
  test_prompt_with_image: [[], () => [user(picture)]],
};

function read(uri) {
  const [, id] = uri.match(/^test:\/\/template\/(.*)\/data$/) ?? [];
  const templated = { mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true }) };
  const found = id === undefined ? RESOURCES[uri] : templated;
  if (found === undefined) {
    throw new types.McpError(types.ErrorCode.InvalidParams, `There is no ${uri}.`);
  }
  return { contents: [{ uri, ...found }] };
}

const server = new Server(
  { name: 'conformance', version: '1.0.0' },
  {
    capabilities: {
      tools: {},
      resources: { subscribe: true },
      prompts: {},
      logging: {},
      completions: {},
    },
  },
);

const HANDLERS = [
  [types.ListToolsRequestSchema, () => ({
    tools: Object.entries(TOOLS).map(([name, [inputSchema]]) => ({
      name,
      description: `What the suite calls ${name}.`,
      inputSchema,
    })),
  })],
  [types.CallToolRequestSchema, ({ params }, extra) => TOOLS[params.name][1](params.arguments ?? {}, extra)],
  [types.ListResourcesRequestSchema, () => ({
    resources: Object.entries(RESOURCES).map(([uri, { mimeType }]) => ({ uri, name: uri, mimeType })),
  })],
  [types.ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [{ uriTemplate: 'test://template/{id}/data', name: 'template' }],
  })],
  [types.ReadResourceRequestSchema, ({ params }) => read(params.uri)],
  [types.SubscribeRequestSchema, () => ({})],
  [types.UnsubscribeRequestSchema, () => ({})],
  [types.ListPromptsRequestSchema, () => ({
    prompts: Object.entries(PROMPTS).map(([name, [names]]) => ({
      name,
      description: `What the suite calls ${name}.`,
      arguments: names.map((argument) => ({ name: argument, description: argument, required: true })),
    })),
  })],
  [types.GetPromptRequestSchema, ({ params }) => ({ messages: PROMPTS[params.name][1](params.arguments ?? {}) })],
  [types.CompleteRequestSchema, () => ({ completion: { values: [], total: 0, hasMore: false } })],
];
for (const [schema, handle] of HANDLERS) {
  server.setRequestHandler(schema, handle);
}
await server.connect(new StdioServerTransport());
