// A client of the TypeScript SDK v1: opens a session with the server that its argument names,
// lists the tools, makes the calls, and prints what it got as one line of JSON.

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const { command, args, calls } = JSON.parse(process.argv[2]);
const client = new Client({ name: 'typescript-v1', version: '1' });
await client.connect(new StdioClientTransport({ command, args, env: process.env }));
const { tools } = await client.listTools();
const results = [];
for (const call of calls) {
  results.push(await client.callTool(call));
}
const server = client.getServerVersion().name;
await client.close();
console.log(JSON.stringify({ era: 'legacy', server, tools, results }));
