import { writeSessionNumber, writeSettings } from '../../runner/settings.ts';
import { say } from '../words.ts';

interface Shown {
  checked: boolean;
  remembered: boolean;
  onChange: (checked: boolean) => void;
  onForget: () => void;
}

/** Off unless the person says so; forgetting takes one tap and takes the number out of every place it is kept. */
export function RememberNumber({ checked, remembered, onChange, onForget }: Shown) {
  const forget = async () => {
    await forgetNumber();
    onForget();
  };
  return (
    <p class="remember">
      <label>
        <input
          type="checkbox"
          id="remember"
          checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {say('form.remember')}
      </label>
      {remembered ? (
        <button type="button" class="link" id="forget" onClick={forget}>
          {say('form.forget')}
        </button>
      ) : null}
    </p>
  );
}

export async function forgetNumber(): Promise<void> {
  await Promise.all([writeSettings({ rememberedNumber: null }), writeSessionNumber(null)]);
}
