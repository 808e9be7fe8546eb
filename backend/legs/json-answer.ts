/** The JSON object an answer carries, or why there is none. */
export type JsonAnswer =
  | { kind: 'object'; value: Record<string, unknown> }
  | { kind: 'other' }
  | { kind: 'not_json' };

export function readJsonObject(body: string): JsonAnswer {
  try {
    const parsed: unknown = JSON.parse(body);
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    return isObject ? { kind: 'object', value: parsed as Record<string, unknown> } : { kind: 'other' };
  } catch {
    return { kind: 'not_json' };
  }
}
