/** The address of a page whose timeline begins before a cursor. */
export const earlierHref = (path: string) => (cursor: string) =>
  `${path}?${new URLSearchParams({ before: cursor })}#timeline`;
