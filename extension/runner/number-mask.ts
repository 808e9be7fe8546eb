/** The parts of a number that its mask leaves readable: `+44 •••• •••907`. */
export interface MaskParts {
  callingCode: string;
  lastDigits: string;
}

/** Null where there is none, as for a number that somebody else masked. */
export function partsOfMask(mask: string): MaskParts | null {
  const [, callingCode, lastDigits = ''] = /^\+(\d{1,3}) [•\s]+(\d{0,3})$/.exec(mask) ?? [];
  return callingCode ? { callingCode, lastDigits } : null;
}

/** Whether a number can be the one behind the mask; only its owner knows whether it is. */
export function fitsMask(e164: string, mask: string): boolean {
  const parts = partsOfMask(mask);
  return parts !== null && e164.startsWith(`+${parts.callingCode}`) && e164.endsWith(parts.lastDigits);
}
