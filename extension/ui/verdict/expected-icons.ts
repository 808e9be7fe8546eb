/** Beside the words, for those who do not tell the colours apart. */
export const EXPECTED_ICONS = { as_expected: '✓', not_as_expected: '✕', inconclusive: '–' };
