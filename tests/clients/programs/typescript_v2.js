// A client of the TypeScript SDK v2, in the era that its argument names: `legacy`, `auto`, or
// `modern`. Opens a session, lists the tools, makes the calls, and prints what it got as one
// line of JSON.

import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const { era, command, args, calls } = JSON.parse(process.argv[2]);
const mode = era === 'modern' ? { pin: '2026-07-28' } : era;
const client = new Client({ name: 'typescript-v2', version: '2' }, { versionNegotiation: { mode } });
await client.connect(new StdioClientTransport({ command, args, env: process.env }));
const { tools } = await client.listTools();
const results = [];
for (const call of calls) {
  results.push(await client.callTool(call));
}
const server = client.getServerVersion().name;
const spoken = client.getProtocolEra();
await client.close();
console.log(JSON.stringify({ era: spoken, server, tools, results }));
