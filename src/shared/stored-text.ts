/** Bounds of what is stored, in characters, wherever it comes in. */

/** Of an id; those of the CRM have 20 to 36. */
export const MAX_ID_LENGTH = 256;

/** Of a short text, like a name or a status; ample for any real one. */
export const MAX_LABEL_LENGTH = 256;
