/** Every reason for which the backend refuses to start. Closed, so that `docs/install.md` can list them all. */
export type StartErrorCode =
  | 'config.client_id_missing'
  | 'config.client_secret_missing'
  | 'config.default_credential'
  | 'config.api_host_missing'
  | 'config.api_host_invalid'
  | 'config.address_forbidden'
  | 'config.redirect_uri_missing'
  | 'config.redirect_uri_invalid'
  | 'config.jwks_url_invalid'
  | 'config.port_invalid'
  | 'config.log_level_invalid'
  | 'config.profiles_file_unreadable'
  | 'config.profiles_file_invalid'
  | 'config.profile_invalid'
  | 'config.profile_secret_missing'
  | 'config.profile_id_duplicate'
  | 'config.tls_checks_disabled'
  | 'config.proxy_invalid'
  | 'config.extra_ca_unusable'
  | 'config.upstream_connections_invalid'
  | 'config.database_url_invalid'
  | 'config.retention_invalid'
  | 'config.public_url_missing'
  | 'config.public_url_invalid'
  | 'config.tls_missing'
  | 'config.tls_invalid'
  | 'config.trusted_proxies_invalid'
  | 'config.allowed_hosts_invalid'
  | 'config.switch_invalid'
  | 'config.limit_invalid'
  | 'config.server_key_invalid'
  | 'config.server_key_differs'
  | 'storage.locked'
  | 'storage.corrupt'
  | 'storage.schema_too_new'
  | 'storage.unavailable'
  | 'storage.unsafe'
  | 'start.data_folder_unusable'
  | 'start.port_in_use'
  | 'start.cannot_listen';

/** A fault of configuration or of this machine: shown as one sentence, without a stack. */
export class StartError extends Error {
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
    this.code = code;
  }
}
