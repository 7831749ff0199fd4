/** The description of the API as its page shows it. */
export type ApiField = {
  name: string;
  type: string;
  meaning: string;
  isRequired: boolean;
  /** Of a parameter: path, query or header. */
  place: string | null;
};
export type ApiOperation = {
  id: string;
  tag: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  scope: string;
  parameters: ApiField[];
  body: ApiField[];
  answers: { status: string; meaning: string; shape: string }[];
};
export type ApiReference = {
  tags: string[];
  operations: ApiOperation[];
  events: ApiOperation[];
  schemas: { name: string; fields: ApiField[] }[];
};
