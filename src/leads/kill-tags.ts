/** Whether a contact wears a tag that silences the service; the CRM's spelling of it does not matter. */
export function wearsKillTag(
  tags: readonly string[] | undefined,
  killTags: readonly string[],
): boolean {
  return tags?.some((tag) => killTags.includes(tag.trim().toLowerCase())) === true;
}
