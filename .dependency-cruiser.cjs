/* One direction: core <- schema, rules <- db, connectors <- queries, verbs <- inngest/functions, app. */
const forbid = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });

/** What a connector is, and the shapes that go in and out of one: known to everybody. */
const CONNECTOR_INTERFACE =
  "^lib/connectors/(connector|consent|context|manifest|preflight|preparation|errors|blame|inbound|entity|causes|entity-row|field-reference|field-words|application-field|gateway-door|with-credential)\\.ts$";
/** Rooms beside the connectors in their district: what the portal needs to work with any of them. */
const ROOMS_OF_CONNECTORS = "vendor|limiter";
const CONNECTOR_FOLDER = `^lib/connectors/(?!(?:${ROOMS_OF_CONNECTORS})/)[^/]+/`;

/** Each district may import those before it, and none after it. `operations` sees all but the partner's pages. */
const DISTRICTS = [
  "core",
  "platform",
  "connectors",
  "catalogue",
  "people",
  "connection",
  "activation",
  "partner",
  "operations",
];
const districts = DISTRICTS.slice(0, -1).map((district, index) =>
  forbid(
    `${district}-looks-one-way`,
    { path: `^lib/${district}/`, pathNot: "\\.test\\.ts$" },
    { path: `^lib/(${DISTRICTS.slice(index + 1).join("|")})/` },
    `The district ${district} knows nothing of those built on it.`,
  ),
);

module.exports = {
  forbidden: [
    ...districts,
    forbid("no-cycles", {}, { circular: true }, "A cycle hides which side depends on which."),
    forbid(
      "core-is-pure",
      { path: "^lib/core/", pathNot: "\\.test\\.ts$" },
      { pathNot: "^(lib/core/|node_modules/(zod|uuidv7)|crypto$)" },
      "lib/core imports nothing of ours.",
    ),
    forbid(
      "rules-and-schema-are-pure",
      { path: "^lib/(?!core/)[^/]+/[^/]+/(schema|rules)\\.ts$" },
      {
        path: "^(db|inngest|app|components)/|^lib/(?!core/)[^/]+/[^/]+/(queries|[a-z]+-[a-z-]+)\\.ts$|node_modules/(next|drizzle-orm|postgres|inngest)/",
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
      { path: CONNECTOR_FOLDER },
      {
        path: "^(db|inngest|app|components|sandbox)/|^lib/platform/env|node_modules/(next|drizzle-orm|postgres|inngest)/",
      },
      "A connector gets everything through its context.",
    ),
    forbid(
      "only-the-registry-knows-connectors",
      { pathNot: "^lib/connectors/(?!vendor/|limiter/)|\\.test\\.ts$|^e2e/" },
      { path: `^lib/connectors/(?!registry|(?:${ROOMS_OF_CONNECTORS})/)`, pathNot: CONNECTOR_INTERFACE },
      "Pages and jobs branch on capabilities, never on a vendor.",
    ),
    forbid(
      "no-connector-knows-another",
      { path: "^lib/connectors/(?!(?:vendor|limiter)/)([^/]+)/" },
      { path: "^lib/connectors/[^/]+/", pathNot: "^lib/connectors/$1/" },
      "One folder, one vendor.",
    ),
    forbid(
      "components-see-dtos",
      { path: "^components/" },
      {
        path: "^(db|inngest|app)/|^lib/(?!core/)[^/]+/[^/]+/(queries|[a-z]+-[a-z-]+)\\.ts$|^lib/platform/(env|log|mail|seal)",
      },
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
      { path: "^(app|components|lib/(?!core/|platform/log))|^inngest/functions/" },
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
