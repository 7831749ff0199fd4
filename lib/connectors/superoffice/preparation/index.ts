import { z } from "zod";
import { ConnectorError } from "@/lib/connectors/errors";
import type {
  PreparationNeeds,
  PreparationOf,
  PreparationResult,
  Prepared,
  RemovalResult,
} from "@/lib/connectors/preparation";
import type { SystemCredential } from "../credential";
import type { PreparedState } from "../key-place";
import { isFieldPath, WITH_FIELDS, WITHOUT_FIELDS } from "./entities";
import { FOREIGN_APP, makeKeyField, publishKeyField, removeKeyField } from "./key-field";
import { checkLists, makeSource, removeSource } from "./lists";
import { readFieldThing, SOURCE_ITEM } from "./things";

/** Where keys are kept, and what the programmatic ids of our fields begin with. */
const choices = z.object({
  keyPlace: z.enum(["user_field", FOREIGN_APP]).default("user_field"),
  prefix: z
    .string()
    .trim()
    .regex(/^[A-Za-z][A-Za-z0-9]{0,38}:?$/)
    .transform((text) => (text.endsWith(":") ? text : `${text}:`))
    .default("Siteshop:"),
});

const writes = ({ rights }: PreparationNeeds, path: string): boolean =>
  rights.some((right) => right.path === path && right.level === "write");

function listSteps(needs: PreparationNeeds): string[] {
  const fields = Object.keys(WITH_FIELDS).filter((path) => writes(needs, path));
  const others = WITHOUT_FIELDS.filter((path) => writes(needs, path));
  if (fields.length + others.length === 0) return [];
  return [
    ...fields.flatMap((path) => [`field_${path}`, `layout_${path}`]),
    ...others.map((path) => `field_${path}`),
    "lists",
    ...(writes(needs, "sale") ? ["sale_lists"] : []),
    ...(writes(needs, "sale") || writes(needs, "person") ? ["source"] : []),
  ];
}

const LISTS = ["category", "business", "associate"];
/** `prob`: the stages of a sale. */
const SALE_LISTS = ["saletype", "prob", "currency"];

const run: PreparationOf<SystemCredential>["run"] = async (context, key, step, needs, tools) => {
  const tenant = { context, key };
  const { keyPlace, prefix } = choices.parse(needs.choices);
  const work = async (): Promise<PreparationResult> => {
    if (step === "lists") return checkLists(tenant, LISTS);
    if (step === "sale_lists") return checkLists(tenant, SALE_LISTS);
    if (step === "source") return makeSource(tenant, tools);
    const [, kind, path = ""] = /^(field|layout)_(\w+)$/.exec(step) ?? [];
    if (!isFieldPath(path)) return { kind: "kept", value: FOREIGN_APP, because: "only_foreign_app" };
    const layout = { ...tenant, resource: WITH_FIELDS[path].resource };
    if (kind === "layout") return publishKeyField(layout, path, tools.prepared[`field_${path}`], tools);
    if (keyPlace === FOREIGN_APP) return { kind: "kept", value: FOREIGN_APP, because: "chosen" };
    return makeKeyField(layout, path, prefix, tools);
  };
  return work().catch(explainRefusal);
};

/** What a person has to put right. Everything else passes, or ends the connection, and is thrown on. */
function explainRefusal(error: unknown): PreparationResult {
  if (!(error instanceof ConnectorError)) throw error;
  if (error.kind === "forbidden") return { kind: "cannot", because: "no_right", answer: error.answer };
  if (error.kind !== "rejected") throw error;
  const isPublishing = error.answer.operation.includes("/Publish");
  return { kind: "cannot", because: isPublishing ? "publish_failed" : "refused", answer: error.answer };
}

const remove: PreparationOf<SystemCredential>["remove"] = async (context, key, thing) => {
  const work = async (): Promise<RemovalResult> => {
    const field = readFieldThing(thing);
    if (field)
      return removeKeyField({ context, key, resource: WITH_FIELDS[field.path].resource }, field.progId);
    return thing === SOURCE_ITEM ? removeSource({ context, key }) : "removed";
  };
  return work().catch((error: unknown) => {
    const refused = explainRefusal(error);
    return { because: "because" in refused ? (refused.because ?? "refused") : "refused" };
  });
};

/** The shape that the entities read their keys' places from. */
function summarize(prepared: Prepared, chosen: Readonly<Record<string, string>>): PreparedState {
  const keyPlaces: PreparedState["keyPlaces"] = {};
  for (const [step, value] of Object.entries(prepared)) {
    const path = step.replace(/^field_/, "");
    if (!step.startsWith("field_") || !isFieldPath(path)) continue;
    keyPlaces[WITH_FIELDS[path].entity] =
      value === FOREIGN_APP ? { kind: FOREIGN_APP } : { kind: "user_field", progId: value };
  }
  return { prefix: choices.parse(chosen).prefix, keyPlaces };
}

export const prepare: PreparationOf<SystemCredential> = {
  choices,
  // Without a preparation keys are in the table of foreign keys: `findKeyPlace`.
  withoutPreparation: { keyPlace: FOREIGN_APP },
  summarize,
  steps: listSteps,
  causes: {
    no_slot_free: null,
    chosen: null,
    only_foreign_app: null,
    nothing_to_publish: null,
    layout_unpublished: "customer_at_vendor",
    publish_failed: "customer_at_vendor",
    list_empty: "customer_at_vendor",
    refused: "customer_here",
    no_right: "partner",
  },
  run,
  remove,
};
