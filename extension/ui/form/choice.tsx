interface Option {
  value: string;
  label: string;
}

interface Shown {
  id: string;
  label: string;
  value: string;
  options: Option[];
  onChoose: (value: string) => void;
}

/** A labelled list of choices: the browser's own, because it works with every keyboard and every phone. */
export function Choice({ id, label, value, options, onChoose }: Shown) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} class="select" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
