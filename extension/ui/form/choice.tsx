interface Option {
  value: string;
  label: string;
}

interface OptionGroup {
  label: string;
  options: Option[];
}

interface Shown {
  id: string;
  label: string;
  value: string;
  /** A long list comes in groups. */
  options: Option[] | OptionGroup[];
  /** What the chosen one is, below the list. */
  about?: string | null;
  onChoose: (value: string) => void;
}

/** A labelled list of choices: the browser's own, because it works with every keyboard and every phone. */
export function Choice({ id, label, value, options, about, onChoose }: Shown) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="select"
        value={value}
        aria-describedby={about ? `${id}-about` : undefined}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {options.map((one) =>
          'options' in one ? (
            <optgroup key={one.label} label={one.label}>
              <Options options={one.options} chosen={value} />
            </optgroup>
          ) : (
            <Options key={one.value} options={[one]} chosen={value} />
          ),
        )}
      </select>
      {about ? (
        <p class="about-choice" id={`${id}-about`}>
          {about}
        </p>
      ) : null}
    </div>
  );
}

function Options({ options, chosen }: { options: Option[]; chosen: string }) {
  return (
    <>
      {options.map(({ value, label }) => (
        <option key={value} value={value} selected={value === chosen}>
          {label}
        </option>
      ))}
    </>
  );
}
