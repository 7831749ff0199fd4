import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Begun last, each of them would be waited for alone while a core idles. By what they took, the longest first. */
export const LONGEST = [
  "app/api/v1/api.test.ts",
  "app/api/v1/connections/connections.test.ts",
  "lib/platform/outage/database-restart.test.ts",
  "testing/journeys/journeys.test.ts",
  "scripts/start/homes.test.ts",
  "lib/connection/intake/sftp/server.test.ts",
  "lib/connectors/limiter/shares.test.ts",
  "inngest/conformance/conformance.test.ts",
  "lib/connection/intake/worker/take-upload.test.ts",
  "lib/connection/delivery/order.test.ts",
  "scripts/postgres/server.test.ts",
  "inngest/durability/survive-kills.test.ts",
  "inngest/durability/database-restart.test.ts",
  "testing/house-rules.test.ts",
];

/**
 * First the files with a process of their own, so that those that share processes come in one go and import once; among
 * either the longest first. A fresh clone knows nothing of earlier runs, by which vitest would sort them itself.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification): number => {
      const place = LONGEST.indexOf(relative(this.ctx.config.root, moduleId).replaceAll("\\", "/"));
      return (project.config.isolate ? 0 : 1000) + (place === -1 ? LONGEST.length : place);
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
