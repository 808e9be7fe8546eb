import { request as requestInClear } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { buildConnector } from 'undici';

/** A proxy that did not let us through. Its code is `PROXY_` and its status, or what broke on the way to it. */
class ProxyFault extends Error {
  readonly code: string;

  constructor(what: string | number) {
    super('The proxy did not open a tunnel');
    this.name = 'ProxyFault';
    this.code = `PROXY_${what}`;
  }
}

/** TLS with the operator inside a tunnel that a proxy opens (RFC 9110 §9.3.6). `options` are those of a straight connection. */
export function connectThrough(proxy: URL, options: buildConnector.BuildOptions): buildConnector.connector {
  const { timeout, secureContext } = options as { timeout?: number; secureContext?: object };
  const connect = buildConnector(options);
  return (target, done) => {
    const authority = /:\d+$/.test(target.host ?? '') ? `${target.host}` : `${target.host}:443`;
    openTunnel(proxy, authority, timeout ?? 0, secureContext).then(
      (httpSocket) => connect({ ...target, httpSocket }, done),
      (error: Error) => done(error, null),
    );
  };
}

/** A socket that leads to `authority`. Nothing but its name was said to the proxy. */
function openTunnel(
  proxy: URL,
  authority: string,
  timeoutMs: number,
  secureContext: object | undefined,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const host = proxy.hostname.replace(/^\[|\]$/g, '');
  const asking = (proxy.protocol === 'https:' ? requestOverTls : requestInClear)({
    host,
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...loginOf(proxy) },
    agent: false,
    // Left to itself, Node wants the certificate of the proxy to be for the host that is asked for.
    servername: isIP(host) === 0 ? host : '',
    ...(secureContext ? { secureContext } : {}),
  });
  const timer = setTimeout(() => asking.destroy(new ProxyFault('TIMEOUT')), timeoutMs);
  asking.once('connect', ({ statusCode = 0 }, socket, early: Buffer) => {
    clearTimeout(timer);
    // What comes before we have said anything is no TLS.
    if (statusCode >= 200 && statusCode < 300 && early.length === 0) return resolve(socket as Socket);
    socket.destroy();
    reject(new ProxyFault(statusCode));
  });
  asking.once('error', (error: NodeJS.ErrnoException) => {
    clearTimeout(timer);
    reject(error instanceof ProxyFault ? error : new ProxyFault(error.code ?? 'ERROR'));
  });
  asking.end();
  return promise;
}

/** RFC 7617, with what the proxy's URL says. */
function loginOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` };
}

/**
 * Whether a host is asked without the proxy: this machine, and what NO_PROXY names. An entry is a host with all below
 * it, with or without a leading dot or `*.`, and perhaps a port; `*` is every host. Pure.
 */
export function passesProxy(hostname: string, port: string, except: readonly string[]): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (/^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)) return true;
  return except.some((entry) => {
    const [, written = '', onlyPort] = /^(?:\*?\.)?(\[.+\]|[^:]+|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
    const name = written.replace(/^\[|\]$/g, '');
    if (onlyPort !== undefined && onlyPort !== port) return false;
    return name === '*' || host === name || host.endsWith(`.${name}`);
  });
}
