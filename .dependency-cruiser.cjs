/* One direction: core <- schema, rules <- db, connectors <- queries, verbs <- inngest/functions, app. */
const forbid = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });

/** What a connector is, and the shapes that go in and out of one: known to everybody. */
const CONNECTOR_INTERFACE =
  "^lib/connectors/(connector|consent|context|manifest|preflight|errors|blame)\\.ts$";

module.exports = {
  forbidden: [
    forbid("no-cycles", {}, { circular: true }, "A cycle hides which side depends on which."),
    forbid(
      "core-is-pure",
      { path: "^lib/core/", pathNot: "\\.test\\.ts$" },
      { pathNot: "^(lib/core/|node_modules/(zod|uuidv7)|crypto$)" },
      "lib/core imports nothing of ours.",
    ),
    forbid(
      "rules-and-schema-are-pure",
      { path: "^lib/[^/]+/(schema|rules)\\.ts$" },
      {
        path: "^(db|inngest|app|components)/|^lib/(?!core/)[^/]+/(queries|[a-z]+-[a-z-]+)\\.ts$|node_modules/(next|drizzle-orm|postgres|inngest)/",
      },
      "schema.ts and rules.ts decide; they read and write nothing.",
    ),
    forbid(
      "db-knows-no-connector",
      { path: "^db/", pathNot: "^db/seed" },
      { path: "^lib/connectors/", pathNot: CONNECTOR_INTERFACE },
      "db and connectors do not know each other.",
    ),
    forbid(
      "connectors-are-islands",
      { path: "^lib/connectors/[^/]+/" },
      {
        path: "^(db|inngest|app|components|sandbox)/|^lib/env|node_modules/(next|drizzle-orm|postgres|inngest)/",
      },
      "A connector gets everything through its context.",
    ),
    forbid(
      "only-the-registry-knows-connectors",
      { pathNot: "^lib/connectors/|\\.test\\.ts$|^e2e/" },
      { path: "^lib/connectors/(?!registry)", pathNot: CONNECTOR_INTERFACE },
      "Pages and jobs branch on capabilities, never on a vendor.",
    ),
    forbid(
      "no-connector-knows-another",
      { path: "^lib/connectors/([^/]+)/" },
      { path: "^lib/connectors/[^/]+/", pathNot: "^lib/connectors/$1/" },
      "One folder, one vendor.",
    ),
    forbid(
      "components-see-dtos",
      { path: "^components/" },
      { path: "^(db|inngest|app)/|^lib/[^/]+/(queries|[a-z]+-[a-z-]+)\\.ts$|^lib/(env|log|mail|seal)" },
      "Components get DTOs as props.",
    ),
    forbid(
      "lib-knows-no-edge",
      { path: "^lib/" },
      { path: "^(app|components|inngest/functions|sandbox|scripts)/" },
      "lib is called by the edges.",
    ),
    forbid(
      "sandbox-is-apart",
      { path: "^sandbox/" },
      { path: "^(app|db|inngest|lib|components)/" },
      "A stand-in that shares our code proves nothing.",
    ),
    forbid(
      "engine-knows-no-domain",
      { path: "^inngest/engine/" },
      { path: "^(app|components|lib/(?!core/|log))|^inngest/functions/" },
      "The engine runs any functions.",
    ),
    forbid(
      "nobody-imports-scripts",
      { pathNot: "^(scripts|e2e|testing)/" },
      { path: "^scripts/" },
      "Scripts are entry points; tests may start the database as they do.",
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js", ".json"] },
  },
};
