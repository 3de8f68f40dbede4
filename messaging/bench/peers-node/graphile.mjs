// graphile-worker. Drains with the settings of its performance guide: a local queue, and completion in batches. Pickup is
// measured with those, and with its defaults.
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { connection, connectionString, handled, serve, TEXT } from './conversation.mjs';
import pg from 'pg';

const AT_ONCE = 5000;
const FASTEST = {
  concurrentJobs: 24,
  maxPoolSize: 25,
  localQueue: { size: 500, refetchDelay: { durationMs: 10 } },
  completeJobBatchDelay: 0,
  failJobBatchDelay: 0,
};

const logger = new Logger(() => (level, message) => {
  if (level === 'error') console.error(message);
});
let utils;
let runner;

async function sender() {
  if (!utils) {
    const pgPool = new pg.Pool(connection);
    pgPool.on('error', console.error);
    pgPool.on('connect', (client) => client.on('error', console.error));
    utils = await makeWorkerUtils({ pgPool, logger });
  }
  return utils;
}

await serve('graphile-worker', {
  prepare: async () => (await sender()).migrate(),
  async load(kind, count) {
    const to = await sender();
    for (let loaded = 0; loaded < count; loaded += AT_ONCE) {
      const length = Math.min(AT_ONCE, count - loaded);
      await to.addJobs(Array.from({ length }, () => ({ identifier: 'bench', payload: { text: TEXT } })));
    }
  },
  async start() {
    const worker = { connectionString, ...(process.argv[2] === 'default' ? {} : FASTEST) };
    runner = await run({ preset: { worker }, logger, noHandleSignals: true, taskList: { bench: (data) => { handled(data); } } });
  },
  stop: () => runner.stop(),
  send: async (data) => (await sender()).addJob('bench', data),
});
