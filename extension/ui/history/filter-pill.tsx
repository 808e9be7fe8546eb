import './filters.css';
import { ChevronIcon } from '../icons.tsx';
import { say } from '../words.ts';
import type { Choices } from './filter-choices.ts';

type Pill = Choices & { onChoose: (value: string) => void };

/** The browser's own list in the shape of a pill: every keyboard and every phone knows it. */
export function PillSelect({ id, label, value, groups, onChoose }: Pill) {
  return (
    <label class={`pill choice ${value ? 'set' : ''}`}>
      <span class="of">{label}</span>
      <select id={`filter-${id}`} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="" selected={value === ''}>
          {say('history.any')}
        </option>
        {groups.map((group) =>
          group.label === null ? (
            group.options.map((one) => <Option key={one.value} {...one} chosen={value} />)
          ) : (
            <optgroup key={group.label} label={group.label}>
              {group.options.map((one) => (
                <Option key={one.value} {...one} chosen={value} />
              ))}
            </optgroup>
          ),
        )}
      </select>
      <ChevronIcon />
    </label>
  );
}

function Option({ value, label, chosen }: { value: string; label: string; chosen: string }) {
  return (
    <option value={value} selected={value === chosen}>
      {label}
    </option>
  );
}
