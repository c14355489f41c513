const EMAIL = /[^\s@]@[^\s@]/;
/** As many as a phone number has without its area. */
const PHONE_DIGITS = 7;

/** A source that names a person: no counter may bear it. */
export function isPersonalSource(source: string): boolean {
  return EMAIL.test(source) || source.replace(/\D/g, '').length >= PHONE_DIGITS;
}
