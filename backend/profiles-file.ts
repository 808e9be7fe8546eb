import * as z from 'zod/mini';

import { AcceptedDeviation, DEFAULT_LIMITS, HostRule, Limits, Profile } from '#protocol/profile.ts';

import type { Environment } from './config.ts';
import { refuseDefaultCredential } from './default-credentials.ts';
import { readEndpoint } from './endpoint-address.ts';
import type { ServerProfile } from './legs/provider.ts';
import {
  endpointsOf,
  NUMBER_VERIFY_DEFAULTS,
  readJwksUrl,
  readRedirectUri,
  withoutLogin,
} from './operator-profile.ts';
import { readSettingFile } from './read-setting-file.ts';
import { StartError } from './start-error.ts';

/** One entry of the file. What is left out is as in the tutorial; the secret is the name of an environment variable. */
const Entry = z.strictObject({
  id: Profile.shape.id,
  name: Profile.shape.name,
  country: z.optional(Profile.shape.country),
  apiHost: z.optional(z.string()),
  authorizeUrl: z.optional(z.string()),
  tokenUrl: z.optional(z.string()),
  premiuminfoUrl: z.optional(z.string()),
  resultField: z.optional(z.string()),
  clientId: z.string().check(z.minLength(1)),
  clientSecretEnv: z.string().check(z.regex(/^[A-Z_][A-Z0-9_]*$/)),
  tokenAuth: z.optional(Profile.shape.tokenAuth),
  tokenParams: z.optional(Profile.shape.tokenParams),
  pkce: z.optional(z.boolean()),
  scope: z.optional(z.string().check(z.regex(/\bopenid\b/))),
  acrValues: z.optional(z.nullable(z.string().check(z.regex(/^[1-4]( [1-4])*$/)))),
  version: z.optional(z.nullable(z.string().check(z.minLength(1)))),
  hash: z.optional(Profile.shape.hash),
  hashDoctor: z.optional(Profile.shape.hashDoctor),
  idToken: z.optional(Profile.shape.idToken),
  issuer: z.optional(z.string()),
  issParameter: z.optional(Profile.shape.issParameter),
  jwksUrl: z.optional(z.string()),
  redirectUri: z.string(),
  hosts: z.optional(z.array(HostRule)),
  privateAddresses: z.optional(z.boolean()),
  limits: z.optional(z.partial(Limits)),
  accepted: z.optional(z.array(AcceptedDeviation)),
  /** Calls to the operator in one UTC day; 0 is no budget. */
  dailyCalls: z.optional(z.int().check(z.minimum(0), z.maximum(999_999_999))),
});
type Entry = z.infer<typeof Entry>;

/** More profiles from a JSON file: `{ "profiles": [ … ] }`. No path, no profiles. */
export function readProfilesFile(path: string | null, env: Environment): ServerProfile[] {
  if (path === null) return [];
  const parsed = z.strictObject({ profiles: z.array(z.looseObject({})) }).safeParse(readJson(path));
  if (!parsed.success) {
    throw new StartError(
      'config.profiles_file_invalid',
      `${path} must be {"profiles": [ … ]}. ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data.profiles.map((raw, at) => readEntry(raw, `${path}, profile ${at + 1}`, env));
}

function readJson(path: string): unknown {
  const text = readSettingFile('NV_PROFILES_FILE', path, 'config.profiles_file_unreadable');
  try {
    return JSON.parse(text);
  } catch {
    throw new StartError('config.profiles_file_invalid', `${path} is not valid JSON.`);
  }
}

function readEntry(raw: Record<string, unknown>, where: string, env: Environment): ServerProfile {
  if ('clientSecret' in raw || 'client_secret' in raw) {
    throw new StartError(
      'config.profile_invalid',
      `${where} contains a secret. Put the secret into an environment variable and its name into "clientSecretEnv".`,
    );
  }
  const parsed = Entry.safeParse(raw);
  if (!parsed.success)
    throw new StartError('config.profile_invalid', `${where}: ${z.prettifyError(parsed.error)}`);
  const entry = parsed.data;
  const clientSecret = env[entry.clientSecretEnv];
  if (!clientSecret) {
    throw new StartError(
      'config.profile_secret_missing',
      `${where} takes its secret from ${entry.clientSecretEnv}, which is not set. Put it into .env.`,
    );
  }
  refuseDefaultCredential(env, entry.clientSecretEnv, clientSecret);
  const { dailyCalls, ...told } = entry;
  return {
    clientSecret,
    privateAddresses: entry.privateAddresses ?? false,
    profile: profileOf(told, where),
    ...(dailyCalls === undefined ? {} : { dailyCalls }),
  };
}

function profileOf(entry: Omit<Entry, 'dailyCalls'>, where: string): Profile {
  const { apiHost, authorizeUrl, tokenUrl, premiuminfoUrl, resultField, clientSecretEnv: _, ...rest } = entry;
  const rules = {
    privateAddresses: rest.privateAddresses ?? false,
    remedy: '"privateAddresses": true',
    hosts: rest.hosts ?? [],
  };
  const base = apiHost ? endpointsOf(apiHost, `apiHost of ${where}`, rules) : null;
  const authorize = authorizeUrl ?? base?.authorizeUrl;
  const token = tokenUrl ?? base?.tokenUrl;
  const resource = premiuminfoUrl ?? base?.resource.url;
  if (!authorize || !token || !resource) {
    throw new StartError(
      'config.profile_invalid',
      `${where}: give "apiHost", or all of "authorizeUrl", "tokenUrl" and "premiuminfoUrl".`,
    );
  }
  for (const url of [authorize, token, resource]) {
    if (readEndpoint(url, `${where}: ${withoutLogin(url)}`, rules)) continue;
    throw new StartError(
      'config.profile_invalid',
      `${where}: secrets are not sent to ${withoutLogin(url)}. Give an https URL with its host in plain letters.`,
    );
  }
  return Profile.parse({
    ...NUMBER_VERIFY_DEFAULTS,
    ...rest,
    country: rest.country ?? null,
    issuer: rest.issuer ?? null,
    jwksUrl: rest.jwksUrl ? readJwksUrl(rest.jwksUrl, `jwksUrl of ${where}`, rules) : null,
    redirectUri: readRedirectUri(rest.redirectUri, `redirectUri of ${where}`),
    authorizeUrl: authorize,
    tokenUrl: token,
    resource: {
      url: resource,
      requestKind: 'msisdn_hash',
      resultField: resultField ?? 'device_msisdn_verified',
    },
    hosts: rest.hosts ??
      base?.hosts ?? [{ pattern: new URL(authorize).hostname, role: 'authorize', scheme: 'https' }],
    limits: { ...DEFAULT_LIMITS, ...rest.limits },
    accepted: rest.accepted ?? [],
  });
}
