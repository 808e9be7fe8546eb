import type { Pseudonyms } from './pseudonyms.ts';
import { redactText } from './redact.ts';

/** What an operator says when it refuses, in its own words; text, capped, masked. */
export interface OperatorError {
  error: string;
  description: string | null;
}

/**
 * Reads the three envelopes seen in the field: `{error, error_description}` (RFC 6749 §5.2),
 * `{status, code, message}` and `{code|status, message}`. An answer of 200 may carry one too, and then it is an error.
 */
export function readOperatorError(
  status: number,
  json: Record<string, unknown> | null,
  pseudonyms: Pseudonyms,
): OperatorError | null {
  if (!json) return null;
  const word = text(json.error) ?? (status >= 400 ? (text(json.code) ?? text(json.status)) : null);
  if (word === null) return null;
  const description = text(json.error_description) ?? text(json.message);
  return shownError(word, description, pseudonyms);
}

/** An operator's words as they may be recorded: capped, masked, without control characters. */
export function shownError(error: string, description: string | null, pseudonyms: Pseudonyms): OperatorError {
  return {
    error: redactText(error.slice(0, 128), pseudonyms),
    description: description === null ? null : redactText(description.slice(0, 512), pseudonyms),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
