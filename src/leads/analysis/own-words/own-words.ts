export type OwnWords = { readonly kind: 'words'; readonly text: string } | { readonly kind: 'reaction' };
export function ownWords(text: string, _ourTexts: readonly string[]): OwnWords {
  return { kind: 'words', text };
}
