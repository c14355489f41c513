/** Lengths of text messages: GSM 03.38 packs 160 characters into one segment, UCS-2 only 70. */

const GSM_CHARACTERS = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const GSM_SEGMENT_LENGTH = 160;
const UCS2_SEGMENT_LENGTH = 70;

export function fitsOneSegment(text: string): boolean {
  const isGsm = [...text].every((character) => GSM_CHARACTERS.has(character));
  return text.length <= (isGsm ? GSM_SEGMENT_LENGTH : UCS2_SEGMENT_LENGTH);
}

/** The first wording that fits one segment; where none does, the last and shortest. */
export function firstThatFits(wordings: readonly string[]): string {
  return wordings.find(fitsOneSegment) ?? wordings.at(-1) ?? '';
}
