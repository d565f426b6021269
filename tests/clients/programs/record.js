// Holds a session of an era with a server, so that every kind of frame of the era passes:
// node record.js ERA COMMAND [ARGUMENT…]. What it does is the same each time.

import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const [era, command, ...args] = process.argv.slice(2);
const mode = era === 'modern' ? { pin: '2026-07-28' } : 'legacy';
const resource = 'stand-in:///a';
const client = new Client(
  { name: 'recorded', version: '1' },
  { capabilities: { roots: {}, elicitation: {} }, versionNegotiation: { mode } },
);
let updates = 0;
client.setNotificationHandler('notifications/resources/updated', () => {
  updates += 1;
});

const call = (name, args) => client.callTool({ name, arguments: args });
const echo = (step) => call('echo', { step, text: `${era} ünïcødé \u{1f600} "quoted" \\ /`, list: [1, 2.5, null] });

await client.connect(new StdioClientTransport({ command, args, env: process.env }));
await client.listTools();
if (era === 'modern') {
  await client.listen({ resourceSubscriptions: [resource] });
} else {
  await client.ping();
  await client.setLoggingLevel('warning');
  await client.subscribeResource({ uri: resource });
}
for (let step = 1; step <= 12; step += 1) {
  await echo(step);
  if (step % 3 === 0) {
    await client.listResources(undefined, { cacheMode: 'bypass' });
    await client.readResource({ uri: resource }, { cacheMode: 'bypass' });
    await call('update', { uri: resource });
  }
  if (step % 4 === 0) {
    await client.callTool(
      { name: 'progress', arguments: { steps: 3, ms: 1 } },
      { onprogress: () => {} },
    );
    await call('big', { bytes: 10_000 });
  }
}
await client.close();
if (updates !== 4) {
  throw new Error(`${updates} of 4 updates arrived`);
}
