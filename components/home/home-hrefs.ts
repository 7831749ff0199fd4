/** Where the lists of the home page lead; the routes are the page's business. */
export type HomeHrefs = {
  catalogue: string;
  request: (requestId: string) => string;
  /** What was accepted with a request, to print or keep. */
  acceptance: (requestId: string) => string;
  connection: (connectionId: string) => string;
  draft: (linkToken: string, step: string) => string;
  /** Address of the next page of a list. */
  moreRequests: (cursor: string) => string;
  moreConnections: (cursor: string) => string;
  /** The list of connections, searched by `q`. */
  search: string;
  ended: string;
  live: string;
  /** Where several are ended at once. */
  several: string;
};
