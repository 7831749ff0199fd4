/** What the bench gives to each of its processes, and what it gets back for each tenant. */
export type Tenant = { name: string; keys: string[] };
export type Work = { workerUrl: string; sandboxUrl: string; tenants: Tenant[] };
export type Finished = { calls: number; seconds: number };
