import { refuseDefaultCredential } from './default-credentials.ts';
import type { ServerProfile } from './legs/provider.ts';
import { readLimits } from './limit-settings.ts';
import { readOperatorProfile } from './operator-profile.ts';
import { readOutbound } from './outbound-settings.ts';
import type { RateLimits } from './plugins/rate-limits.ts';
import { readProfilesFile } from './profiles-file.ts';
import { readSharing, type Sharing } from './sharing.ts';
import { SIMULATED_ID } from './simulated-profile.ts';
import { StartError } from './start-error.ts';

export interface Config {
  port: number;
  dataFolder: string;
  logLevel: string;
  /** PostgreSQL, or null for a file in the data folder. */
  databaseUrl: string | null;
  /** 0 keeps every run. */
  retentionDays: number;
  /** Real operators; empty where only the simulated one is offered. */
  profiles: ServerProfile[];
  sharing: Sharing;
  rates: RateLimits;
  /** The same for every instance; null for the one of the data folder. */
  serverKey: Buffer | null;
}

export type Environment = Record<string, string | undefined>;

const DEFAULT_PORT = 8787;
const DEFAULT_RETENTION_DAYS = 30;

/** Reads the whole configuration, or throws a `StartError` that names the variable and says what to do. */
export function readConfig(env: Environment): Config {
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    throw new StartError(
      'config.tls_checks_disabled',
      'NODE_TLS_REJECT_UNAUTHORIZED=0 would let anyone read the client secret. Unset it; for a private CA use NV_EXTRA_CA_FILE.',
    );
  }
  const outbound = readOutbound(env);
  const operator = readOperatorProfile(env);
  const profiles = [...(operator ? [operator] : []), ...readProfilesFile(env.NV_PROFILES_FILE || null, env)];
  const ids = [SIMULATED_ID, ...profiles.map(({ profile }) => profile.id)];
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice) {
    throw new StartError(
      'config.profile_id_duplicate',
      `Two profiles are called "${twice}". Give one of them another id.`,
    );
  }
  const sharing = readSharing(env);
  const { rates, dailyCalls } = readLimits(env, sharing.publicUrl !== null);
  return {
    port: readPort(env.NV_PORT),
    dataFolder: env.NV_DATA_DIR || 'data',
    logLevel: readLogLevel(env.NV_LOG_LEVEL),
    databaseUrl: readDatabaseUrl(env),
    retentionDays: readRetention(env.NV_RETENTION_DAYS),
    profiles: profiles.map((one) => ({ dailyCalls, ...one, outbound })),
    sharing,
    rates,
    serverKey: readServerKey(env.NV_SERVER_KEY),
  };
}

/** 32 bytes: what everything derived from it rests on is not to be guessed. */
function readServerKey(value: string | undefined): Buffer | null {
  if (!value) return null;
  if (/^[\w-]{43}$/.test(value)) return Buffer.from(value, 'base64url');
  // Without the value: it is the secret.
  throw new StartError(
    'config.server_key_invalid',
    'NV_SERVER_KEY is not 32 bytes in base64url (43 characters). Copy the file server-key of the first backend’s data folder, or make one: node -p "crypto.randomBytes(32).toString(\'base64url\')".',
  );
}

function readPort(value: string | undefined): number {
  if (!value) return DEFAULT_PORT;
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65_535) return port;
  throw new StartError(
    'config.port_invalid',
    `NV_PORT is "${value}". Give a port from 0 to 65535, for example ${DEFAULT_PORT}.`,
  );
}

function readLogLevel(value: string | undefined): string {
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
  if (!value) return 'info';
  if (levels.includes(value)) return value;
  throw new StartError(
    'config.log_level_invalid',
    `NV_LOG_LEVEL is "${value}". Give one of: ${levels.join(', ')}.`,
  );
}

function readDatabaseUrl(env: Environment): string | null {
  const { DATABASE_URL: value } = env;
  if (!value) return null;
  const url = URL.parse(value);
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1) {
    // None at all is another way to log in.
    if (url.password !== '') refuseDefaultCredential(env, 'DATABASE_URL', url.password);
    return value;
  }
  // Without the value: it carries a password.
  throw new StartError(
    'config.database_url_invalid',
    'DATABASE_URL is not of the form postgres://user:password@host:5432/database. Correct it, or unset it to keep runs in a file.',
  );
}

function readRetention(value: string | undefined): number {
  if (!value) return DEFAULT_RETENTION_DAYS;
  const days = Number(value);
  if (/^\d+$/.test(value) && days <= 36_500) return days;
  throw new StartError(
    'config.retention_invalid',
    `NV_RETENTION_DAYS is "${value}". Give a number of days, or 0 to keep every run.`,
  );
}
