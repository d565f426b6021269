// Stands between a client and a server and writes down each line that passes, in order:
// node tee.js FILE COMMAND [ARGUMENT…]. A line of FILE is {"from": "client" | "server", "line"}.

import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [file, command, ...args] = process.argv.slice(2);
const server = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });

function pass(from, input, output) {
  const lines = createInterface({ input });
  lines.on('line', (line) => {
    appendFileSync(file, `${JSON.stringify({ from, line })}\n`);
    output.write(`${line}\n`);
  });
  lines.on('close', () => output.end());
}

pass('client', process.stdin, server.stdin);
pass('server', server.stdout, process.stdout);
server.on('exit', (code) => process.exit(code ?? 1));
