// Lets a client that knows only HTTP speak to a stdio server: node http_bridge.js COMMAND
// [ARGUMENT…]. Each HTTP session has a server of its own. Prints its address as one line, and
// ends with its standard input.

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

const [command, ...args] = process.argv.slice(2);
const sessions = new Map();
const http = createServer(async (request, response) => {
  const session = sessions.get(request.headers['mcp-session-id']) ?? (await open());
  await session.handleRequest(request, response);
});

async function open() {
  const { port } = http.address();
  const front = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => sessions.set(id, front),
    enableDnsRebindingProtection: true,
    allowedHosts: [`127.0.0.1:${port}`, `localhost:${port}`],
    allowedOrigins: [`http://127.0.0.1:${port}`, `http://localhost:${port}`],
  });
  const back = new StdioClientTransport({ command, args, env: process.env, stderr: 'inherit' });
  const open = [];
  front.onmessage = (message) => {
    if (message.method !== undefined && message.id !== undefined) {
      open.push(message.id);
    }
    back.send(message);
  };
  back.onmessage = (message) => {
    const isAnswer = message.method === undefined;
    // What a server says by itself goes with the request that it most likely belongs to.
    const options = isAnswer ? undefined : { relatedRequestId: open.at(-1) };
    front.send(message, options).catch((error) => process.stderr.write(`${error}\n`));
    if (isAnswer) {
      open.splice(open.indexOf(message.id), 1);
    }
  };
  front.onclose = () => back.close();
  await front.start();
  await back.start();
  return front;
}

http.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${http.address().port}/mcp` }));
});
process.stdin.on('end', () => process.exit(0)).resume();
