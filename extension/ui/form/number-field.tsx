import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { say } from '../words.ts';
import { type NumberError, type NumberReading, useCountryPrefix } from './number-reading.ts';

interface Shown {
  field: RefObject<HTMLInputElement | null>;
  label: string;
  text: string;
  country: string | null;
  reading: NumberReading;
  error: NumberError | null;
  onText: (text: string) => void;
  children?: ComponentChildren;
}

/** The number as a person writes it; it is tidied when they leave the field, never under their fingers. */
export function NumberField({ field, label, text, country, reading, error, onText, children }: Shown) {
  const { number } = reading;
  const prefix = useCountryPrefix(country);
  const tidy = () => {
    if (reading.current && number && number.shown !== text) onText(number.shown);
  };
  // At once: later it might be another number that stands there, which this one would overwrite.
  useLayoutEffect(() => {
    if (document.activeElement !== field.current) tidy();
  }, [number?.shown, reading.current]);

  const international = /^\s*(\+|00)/.test(text);
  return (
    <div class="field">
      <label for="number">{label}</label>
      <div class={`input ${error ? 'invalid' : ''}`}>
        <span class="prefix num">{international ? (number?.countries[0] ?? '+') : prefix || '+'}</span>
        <input
          id="number"
          ref={field}
          type="tel"
          inputMode="tel"
          autocomplete="off"
          value={text}
          aria-invalid={error !== null}
          aria-describedby="number-notes"
          onInput={(typed) => onText(typed.currentTarget.value)}
          onBlur={tidy}
        />
      </div>
      <div id="number-notes">
        {error ? (
          <p class="hint bad" role="alert" data-number-error={error}>
            <span aria-hidden="true">✕ </span>
            {say(`number.${error}`)}
          </p>
        ) : (
          children
        )}
      </div>
    </div>
  );
}
