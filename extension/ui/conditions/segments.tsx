interface Shown<Value extends string> {
  name: string;
  label: string;
  /** What stands for no choice; read out in full, shown as a dash. */
  none: string;
  options: readonly { value: Value; label: string }[];
  chosen: Value | undefined;
  onChoose: (value: Value | undefined) => void;
}

/** A few choices side by side: radio buttons, so that arrow keys and screen readers know them. */
export function Segments<Value extends string>({
  name,
  label,
  none,
  options,
  chosen,
  onChoose,
}: Shown<Value>) {
  return (
    <div class="segments" role="radiogroup" aria-labelledby={`${name}-label`}>
      <span class="label" id={`${name}-label`}>
        {label}
      </span>
      <span class="choices">
        <Segment name={name} id={`${name}-none`} on={chosen === undefined} onOn={() => onChoose(undefined)}>
          <span aria-hidden="true">–</span>
          <span class="unseen">{none}</span>
        </Segment>
        {options.map(({ value, label: text }) => (
          <Segment
            key={value}
            name={name}
            id={`${name}-${value}`}
            on={chosen === value}
            onOn={() => onChoose(value)}
          >
            {text}
          </Segment>
        ))}
      </span>
    </div>
  );
}

interface Choice {
  name: string;
  id: string;
  on: boolean;
  onOn: () => void;
  children: preact.ComponentChildren;
}

function Segment({ name, id, on, onOn, children }: Choice) {
  return (
    <label class="segment">
      <input type="radio" class="unseen" name={name} id={id} checked={on} onChange={onOn} />
      <span>{children}</span>
    </label>
  );
}
