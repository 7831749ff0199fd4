import { and, eq, lt, or, sql } from "drizzle-orm";
import {
  activationRequests,
  activations,
  connections,
  intakeAccounts,
  integrations,
  specifications,
  uploadChunks,
  uploads,
} from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { readContent } from "@/lib/catalogue/integration/read-content";
import { addRows } from "@/lib/connection/delivery/add-rows";
import { closeDelivery } from "@/lib/connection/delivery/close-delivery";
import { pickCovered } from "@/lib/connection/delivery/covers-rights";
import { type OpenDelivery, openDelivery } from "@/lib/connection/delivery/open-delivery";
import { ChangedMeanwhile } from "@/lib/connection/delivery/unchanged-sets";
import type { RightAsked } from "@/lib/connectors/manifest";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import { DEFAULT_LOCALE, isLocale, type Locale } from "@/lib/core/locales";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { isTemporaryName } from "../door/names";
import type { UploadProblem } from "../schema";
import { RecordMaker, type RecordOfFile } from "./group-rows";
import { DamagedUpload, openUploadedFile, type ReadableUpload, type Upload } from "./read-upload";
import { storeFile } from "./store-file";
import { writeQuarantineLog } from "./write-log";

/** A file is taken that long after its last write, CLOSE or rename. */
export const GRACE_SECONDS = 5;
/** Whoever took it is gone: its delivery was never closed, so that nothing of it was queued. */
const TAKEN_AGAIN_MINUTES = 15;
const RECORDS_AT_ONCE = 2_000;

/** What else of the connection decides how a file is read. */
export type UploadTarget = {
  upload: Upload;
  integrationId: string;
  connector: string;
  /** What the customer accepted that the integration does. */
  asked: readonly RightAsked[];
  locale: Locale;
};

export async function loadUploadTarget(tx: SystemTransaction, uploadId: string): Promise<UploadTarget> {
  const [row] = await tx
    .select({
      upload: uploads,
      integrationId: intakeAccounts.integrationId,
      connector: integrations.connector,
      locale: activationRequests.locale,
      content: specifications.content,
    })
    .from(uploads)
    .innerJoin(intakeAccounts, eq(intakeAccounts.connectionId, uploads.connectionId))
    .innerJoin(connections, eq(connections.id, uploads.connectionId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .innerJoin(specifications, eq(specifications.id, connections.specificationId))
    .where(eq(uploads.id, uploadId));
  if (!row) throw new AppError("not_found", "upload");
  const { content, ...target } = row;
  return {
    ...target,
    asked: readContent(content).technicalUser.rights,
    locale: isLocale(row.locale) ? row.locale : DEFAULT_LOCALE,
  };
}

/**
 * Takes a file and makes a delivery of it: false when it is not time, or not this caller's. The delivery is closed in the
 * transaction that says so of the file: a file whose reading was cut short is read again from its beginning, and what the first
 * reading collected is never queued.
 */
export async function takeUpload(context: WorkerContext, uploadId: string): Promise<boolean> {
  const target = await asSystem(context, "take upload", async (tx) => {
    const isTaken = await markTaken(tx, uploadId);
    return isTaken ? loadUploadTarget(tx, uploadId) : null;
  });
  if (!target) return false;
  const entities = pickCovered(getConnector(target.connector), target.asked);
  try {
    const read = async (keepsEachRow: boolean) => {
      const opened = await openUploadedFile(context, target.upload, { ...target, entities });
      if ("problems" in opened) await quarantine(context, target, opened.problems);
      else await deliver(context, target, opened, keepsEachRow);
    };
    try {
      await read(false);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
      // What the first reading collected is never queued, and is dropped as that of a worker that died.
      context.log.info({ uploadId }, "what a file holds was written meanwhile: it is read again");
      await read(true);
    }
  } catch (error) {
    if (!(error instanceof DamagedUpload)) throw error;
    context.log.error({ uploadId, err: error }, "an upload is damaged");
    await quarantine(context, target, [{ code: "damaged" }]);
  }
  return true;
}

async function markTaken(tx: SystemTransaction, uploadId: string): Promise<boolean> {
  const [candidate] = await tx.select().from(uploads).where(eq(uploads.id, uploadId)).for("update");
  if (candidate?.folder !== "root" || isTemporaryName(candidate.name)) return false;
  const taken = await tx
    .update(uploads)
    // In milliseconds, which is what a worker reads back: by it the worker knows its own taking.
    .set({ state: "taken", takenAt: sql`date_trunc('milliseconds', now())` })
    .where(
      and(
        eq(uploads.id, uploadId),
        or(
          and(
            eq(uploads.state, "closed"),
            sql`${uploads.touchedAt} <= now() - make_interval(secs => ${GRACE_SECONDS})`,
          ),
          and(
            eq(uploads.state, "taken"),
            lt(uploads.takenAt, sql`now() - make_interval(mins => ${TAKEN_AGAIN_MINUTES})`),
          ),
        ),
      ),
    )
    .returning({ id: uploads.id });
  return taken.length > 0;
}

/** The file is this taking's: neither gone with its connection, nor taken by another worker since. */
const isStillTaken = ({ takenAt }: Upload) =>
  and(eq(uploads.state, "taken"), takenAt ? eq(uploads.takenAt, takenAt) : undefined);

async function deliver(
  context: WorkerContext,
  { upload }: UploadTarget,
  { entity, csv, layout }: ReadableUpload,
  keepsEachRow: boolean,
): Promise<void> {
  const delivery = await asSystem(context, "open delivery", (tx) =>
    openDelivery(tx, context.keys, {
      connectionId: upload.connectionId,
      entity: entity.id,
      door: "sftp",
      sentBy: null,
      keepsEachRow,
    }),
  );
  const maker = new RecordMaker(layout);
  let [rowCount, rejectedCount] = [0, 0];
  let waiting: RecordOfFile[] = [];
  let storing = Promise.resolve();
  /** The database takes records while the next ones are read: one batch is on its way at most. */
  const store = async () => {
    await storing;
    const records = waiting;
    waiting = [];
    rowCount += records.length;
    storing = addRecords(context, delivery, records).then((rejected) => {
      rejectedCount += rejected;
    });
    // Whoever awaits it next is told: the next batch, or the end.
    storing.catch(() => {});
  };
  for await (const rows of csv.rows()) {
    for (const record of maker.push(rows)) {
      waiting.push(record);
      if (waiting.length >= RECORDS_AT_ONCE) await store();
    }
  }
  waiting.push(...maker.end());
  await store();
  await storing;
  await asSystem(context, "close delivery", async (tx) => {
    const marked = await tx
      .update(uploads)
      .set({ state: "delivered", entity: entity.id, deliveryId: delivery.id, rowCount, rejectedCount })
      .where(and(eq(uploads.id, upload.id), isStillTaken(upload)))
      .returning({ id: uploads.id });
    if (marked.length > 0) await closeDelivery(tx, delivery);
  });
}

/** How many were rejected at once. */
async function addRecords(
  context: WorkerContext,
  delivery: OpenDelivery,
  records: readonly RecordOfFile[],
): Promise<number> {
  const readable = records.flatMap(({ position, content }) =>
    content.fields ? [{ position, fields: content.fields }] : [],
  );
  const checked = await asSystem(context, "add rows", (tx) => addRows(tx, delivery, readable));
  const refused = checked.filter(({ problems }) => problems.length > 0).length;
  return records.length - readable.length + refused;
}

/** Puts away a file that cannot be read, with a log that says why, and destroys its content. */
async function quarantine(
  context: WorkerContext,
  { upload, locale }: UploadTarget,
  problems: readonly UploadProblem[],
): Promise<void> {
  const [problem] = problems;
  if (!problem) throw new Error("no problem");
  await asSystem(context, "quarantine upload", async (tx) => {
    const marked = await tx
      .update(uploads)
      .set({ state: "quarantined", problem, endedAt: sql`now()` })
      .where(and(eq(uploads.id, upload.id), isStillTaken(upload)))
      .returning({ id: uploads.id });
    // Another worker took it meanwhile, and destroyed its content with its end: that the content is gone is no damage.
    if (marked.length === 0) return;
    const content = writeQuarantineLog(locale, upload, problems);
    await storeFile(tx, context.keys, upload, { folder: "Log", stem: upload.name, ending: ".log", content });
    await tx.delete(uploadChunks).where(eq(uploadChunks.uploadId, upload.id));
  });
}
