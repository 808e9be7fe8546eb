/** As Firefox shows it of a request; of one that goes straight it shows nothing, or `direct`. */
interface ProxyInfo {
  type: string;
  host?: string;
  port?: string | number;
}

/** What a request goes through, such as `socks 10.0.0.1:1080`, null for nothing. Chromium does not tell, and then nothing is said of it. */
export function proxyOf(details: object): { proxy?: string | null } {
  if (!import.meta.env.FIREFOX) return {};
  const { type = 'direct', host = '', port } = (details as { proxyInfo?: ProxyInfo | null }).proxyInfo ?? {};
  if (type === 'direct') return { proxy: null };
  return { proxy: [type, [host, port].filter(Boolean).join(':')].filter(Boolean).join(' ') };
}
