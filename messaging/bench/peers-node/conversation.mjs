// How a measured process talks with the runner: the counterpart of dev.aegis.bench.protocol, for Node.
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';

export const TEXT = 'x'.repeat(100);
const FILLING = 'x'.repeat(80);

const location = new URL(process.env.BENCH_JDBC_URL.replace(/^jdbc:/, ''));
export const connection = {
  host: location.hostname,
  port: Number(location.port),
  database: location.pathname.slice(1),
  user: process.env.BENCH_USER,
  password: process.env.BENCH_PASSWORD,
};
export const connectionString = `postgres://${encodeURIComponent(connection.user)}:${encodeURIComponent(connection.password)}`
  + `@${connection.host}:${connection.port}/${connection.database}`;

const say = (line) => process.stdout.write(`@ ${line}\n`);
const round = { name: '', handled: 0, said: 0 };

/** Counts a message that its handler was given; one that knows when it was sent is told apart. */
export function handled(data) {
  if (data.sent === undefined) round.handled++;
  else say(`pickup ${process.hrtime.bigint() - BigInt(data.sent)}`);
}

setInterval(() => {
  if (round.handled === round.said) return;
  round.said = round.handled;
  say(`handled ${round.name} ${round.said}`);
}, 5).unref();

/** Obeys until the input ends. A peer has prepare, load(kind, count), start(kind), stop and send(data). */
export async function serve(name, peer) {
  const file = new URL(`./node_modules/${name}/package.json`, import.meta.url);
  const commands = {
    prepare: () => peer.prepare(),
    load: (kind, count) => peer.load(kind, Number(count)),
    drain: (kind, which) => {
      Object.assign(round, { name: which, handled: 0, said: 0 });
      return peer.start(kind);
    },
    halt: () => peer.stop(),
    pickups: (count, pause) => pickups(peer, Number(count), Number(pause)),
  };
  say(`ready ${name} ${JSON.parse(readFileSync(file)).version}`);
  for await (const line of createInterface({ input: process.stdin })) {
    const [command, ...words] = line.split(' ');
    try {
      await commands[command](...words);
      say('done');
    } catch (error) {
      console.error(error);
      say(`failed ${String(error).replaceAll('\n', ' ')}`);
    }
  }
  process.exit(0);
}

async function pickups(peer, count, pause) {
  for (let i = 0; i < count; i++) {
    const next = performance.now() + pause;
    await peer.send({ sent: String(process.hrtime.bigint()), filling: FILLING });
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
  }
}
