// pg-boss: a queue that notifies, large batches fetched at once while they come back full, four local workers.
import { PgBoss } from 'pg-boss';
import { connection, handled, serve, TEXT } from './conversation.mjs';

const AT_ONCE = 5000;
const WORK = { batchSize: 1000, burstWhenBatchFull: true, localConcurrency: 4, pollingIntervalSeconds: 0.5 };

const make = () => new PgBoss({ ...connection, useListenNotify: true, max: 20 }).on('error', console.error);
let sending;
let working;

async function sender() {
  if (!sending) {
    sending = make();
    await sending.start();
  }
  return sending;
}

await serve('pg-boss', {
  prepare: async () => (await sender()).createQueue('bench', { notify: true }),
  async load(kind, count) {
    const to = await sender();
    for (let loaded = 0; loaded < count; loaded += AT_ONCE) {
      const length = Math.min(AT_ONCE, count - loaded);
      await to.insert('bench', Array.from({ length }, () => ({ data: { text: TEXT } })));
    }
  },
  async start() {
    working = make();
    await working.start();
    await working.work('bench', WORK, async (jobs) => { for (const job of jobs) handled(job.data); });
  },
  stop: () => working.stop({ graceful: true, timeout: 3000 }),
  send: async (data) => (await sender()).send('bench', data),
});
