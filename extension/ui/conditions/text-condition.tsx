import { LONGEST_TEXT } from '../../runner/conditions.ts';
import { say } from '../words.ts';

interface Shown {
  name: 'operator' | 'device' | 'place' | 'campaign' | 'tags';
  value: string | undefined;
  /** What may be meant, offered while typing. */
  suggested?: string[];
  longest?: number;
  onText: (text: string) => void;
}

/** A condition in a person's own words. */
export function TextCondition({ name, value = '', suggested = [], longest = LONGEST_TEXT, onText }: Shown) {
  const id = `condition-${name}`;
  return (
    <div class="field">
      <label for={id}>{say(`condition_label.${name}`)}</label>
      <input
        id={id}
        class="text"
        type="text"
        autocomplete="off"
        maxLength={longest}
        list={suggested.length > 0 ? `${id}-list` : undefined}
        value={value}
        onInput={(typed) => onText(typed.currentTarget.value)}
      />
      {suggested.length > 0 ? (
        <datalist id={`${id}-list`}>
          {suggested.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      ) : null}
    </div>
  );
}
