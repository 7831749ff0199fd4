import { blameOf } from "@/lib/connectors/blame";
import type { Connector } from "@/lib/connectors/connector";
import { ConnectorError } from "@/lib/connectors/errors";
import { closeTask, openTask } from "@/lib/platform/task/open-task";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

type Application = { id: string; integrationId: string | null };

const VERB_GROUPS: ReadonlySet<string | symbol> = new Set(["consent", "pastedKey", "login", "gateway"]);

/**
 * Watches what a connector's calls tell of the vendor application: one that the vendor refuses, and an API version that has
 * ended, are one task of the operator, however many connections meet it. The task closes by itself when a call goes well that
 * the application proved itself for with a new token.
 */
export function watchApplication(context: WorkerContext, application: Application) {
  let isProven = false;
  const noteTrouble = async (error: unknown): Promise<void> => {
    if (!(error instanceof ConnectorError) || blameOf(error) !== "application") return;
    const kind = error.kind === "version_ended" ? "version_ended" : "application_refused";
    context.log.error(
      { vendorApplicationId: application.id, err: error },
      "a vendor application does not work",
    );
    await asSystem(context, "name a vendor application that does not work", (tx) =>
      openTask(tx, {
        kind,
        subjectId: application.id,
        integrationId: application.integrationId ?? undefined,
        vendorAnswer: error.answer,
      }),
    );
  };
  const noteSuccess = async (): Promise<void> => {
    if (!isProven) return;
    isProven = false;
    await asSystem(context, "a vendor application works", async (tx) => {
      await closeTask(tx, "application_refused", application.id);
      await closeTask(tx, "version_ended", application.id);
    });
  };
  return {
    /** A token was got with the application's credentials just now. */
    noteFreshToken(): void {
      isProven = true;
    },
    /** The same connector, of which every call that ends is looked at. */
    watch(connector: Connector): Connector {
      return watchVerbs(connector);
    },
  };

  /** Verbs stand in groups, `consent.decide` for one; what only describes the vendor is left as it is. */
  function watchVerbs<T extends object>(verbs: T): T {
    return new Proxy(verbs, {
      get(target, name, receiver) {
        const member: unknown = Reflect.get(target, name, receiver);
        if (VERB_GROUPS.has(name) && typeof member === "object" && member !== null) return watchVerbs(member);
        if (typeof member !== "function") return member;
        return (...input: unknown[]): unknown => {
          const result: unknown = Reflect.apply(member, target, input);
          if (!(result instanceof Promise)) return result;
          return result.then(
            async (value) => {
              await noteSuccess();
              return value;
            },
            async (error) => {
              await noteTrouble(error);
              throw error;
            },
          );
        };
      },
    });
  }
}
