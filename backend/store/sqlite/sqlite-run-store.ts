import { additionOf, madeOf } from '../database/addition.ts';
import { LEASE_MS, type RunStore } from '../run-store.ts';
import { untilDone } from '../until-done.ts';
import { startSqliteThread } from './sqlite-thread.ts';

interface SqliteOptions {
  /** Holds `runs.db`; it exists already. */
  folder: string;
  instance: string;
  leaseMs?: number;
  maxPages?: number;
}

/**
 * Runs in a file of this machine. One thread writes, one reads, so that a long search holds up neither the writes nor
 * the process. Rejects with `UnusableStore` if the file is another's or not to be used.
 */
export async function openSqliteRunStore(options: SqliteOptions): Promise<RunStore> {
  const { folder, instance, leaseMs = LEASE_MS, maxPages = null } = options;
  const settings = { folder, instance, leaseMs, maxPages };
  // Both at once: what takes time is that each loads its code.
  const writer = startSqliteThread({ ...settings, role: 'writer' });
  const reader = startSqliteThread({ ...settings, role: 'reader' });
  const close = async () => {
    // The last to close empties the write-ahead log into the file.
    await reader.close();
    await writer.close();
  };
  try {
    await writer.call('open');
    await reader.call('open');
  } catch (error) {
    await close();
    throw error;
  }
  return {
    create: (run, created, digest) => writer.call('create', madeOf(run, created, digest)),
    read: (id) => reader.call('read', id),
    claimSubmission: (run, events, submission, codeDigest) =>
      writer.call('claimSubmission', additionOf(run, events), {
        ...submission,
        ...{ profileId: run.profile.id, codeDigest },
      }),
    claimHashDoctor: (id, digest) => writer.call('claimHashDoctor', id, digest),
    append: (run, events) => writer.call('append', additionOf(run, events)),
    abandoned: (before) => reader.call('abandoned', before),
    renewLeases: (ids) => writer.call('renewLeases', ids),
    takeExpired: () => writer.call('takeExpired'),
    list: (filter, cursor, limit, whose) => reader.call('list', filter, cursor, limit, whose),
    count: (filter, whose) => reader.call('count', filter, whose),
    coverage: (query, whose) => reader.call('coverage', query, whose),
    latency: (filter, whose) => reader.call('latency', filter, whose),
    importRun: (run, digest, at) => writer.call('importRun', run, digest, at),
    setReference: (id, reference) => writer.call('setReference', id, reference),
    referenceOf: (profileId) => reader.call('referenceOf', profileId),
    keepCampaign: (campaign, kept) => writer.call('keepCampaign', campaign, kept),
    keptCampaigns: () => reader.call('keptCampaigns'),
    setPinned: (id, pinned) => writer.call('setPinned', id, pinned),
    delete: (id) => writer.call('delete', id),
    deleteBefore: (before) => untilDone(() => writer.call('deleteBatch', before)),
    async forgetNumber(hmac, whose) {
      const runs = await untilDone(() => writer.call('forgetBatch', hmac, whose));
      // Also where nothing was found: the time before may have been refused over the log.
      await writer.call('emptyLog');
      return runs;
    },
    // Both threads have to be there.
    ready: async () => (await Promise.all([reader.call('ready'), writer.call('ready')])).every(Boolean),
    close,
  };
}
