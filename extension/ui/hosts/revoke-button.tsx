import { say } from '../words.ts';

/** Takes the permission for one host back; `name` is that of the host, for who does not see the line. */
export function RevokeButton({ name, onRevoke }: { name: string; onRevoke(): void }) {
  return (
    <button
      type="button"
      class="text-button"
      aria-label={say('hosts.revoke_host', [name])}
      onClick={() => onRevoke()}
    >
      {say('hosts.revoke')}
    </button>
  );
}
