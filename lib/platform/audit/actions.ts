/** An action of which the row says everything already. */
type Nothing = Record<string, never>;

/**
 * Every action that is written down, as noun.verb, with the shape of its row's detail: ids and counts, never a secret or an
 * address. A row of a refused attempt has the code of the refusal instead (`RefusedDetail`).
 */
export type AuditDetails = {
  "account.create": Nothing;
  "account.export": Nothing;
  "account.rename": Nothing;
  "account.switch": Nothing;
  "api_key.create": { scopes: string[] };
  "api_key.revoke": Nothing;
  "connection.check": Nothing;
  /** `changed`: names of choices. */
  "connection.choose_preparation": { changed: string[] };
  "connection.deactivate": Nothing;
  "connection.download_export": { exportId: string };
  "connection.end_on_day": { holdId: string };
  "connection.export": { exportId: string };
  "connection.keep": Nothing;
  "connection.list_export": { limit: number };
  "connection.pause": Nothing;
  "connection.prepare": Nothing;
  "connection.probe": Nothing;
  "connection.resume": Nothing;
  "connection.schedule_end": Nothing;
  "delivery.settings": { entity: string; changed: string[] };
  /** `count`: rows that it was said of. */
  "delivery.verdict": { verdict: string; count: number };
  "delivery.view_row": { rowId: string };
  "delivery.import": { entity: string; records: number };
  "integration.keep": Nothing;
  "integration.retire": { endsOn: string };
  "update.accept": { specificationId: string; contentHash: string; language: string; connections: number };
  "draft.accept": { specificationId: string; contentHash: string; language: string };
  "draft.begin_consent": Nothing;
  "draft.check_again": Nothing;
  "draft.choose_settings": Nothing;
  "draft.discard": Nothing;
  "draft.hand_over": { draftId: string; access: "account" | "request" };
  "draft.remove_consent": Nothing;
  "draft.select": { count: number };
  "draft.take_back": { guest: string };
  "email.change": Nothing;
  "email.change_cancel": Nothing;
  "email.change_request": Nothing;
  "email.change_undo": Nothing;
  "evidence_key.rotate": { isNewRoot: boolean; isDistrusted: boolean };
  "grant.confirm": Nothing;
  "grant.initiator_confirm": Nothing;
  "grant.return": Nothing;
  "guest.leave": Nothing;
  "guest.open": Nothing;
  "handoff.redeem": Nothing;
  "integration.create": { connector: string; stage: string; copyOf: string | null };
  /** `sealed`: the names of the secrets that came with the file. */
  "intake.add_key": Nothing;
  "intake.addresses": Nothing;
  "intake.close": Nothing;
  "intake.found": Nothing;
  "intake.open": Nothing;
  "intake.password": Nothing;
  "intake.remove_key": Nothing;
  /** In the public catalogue or out of it. */
  "integration.list": { isListed: boolean; kind: string };
  "integration.import": { version: number; isNewVersion: boolean; sealed: string[] };
  "invitation.accept": { access: "account" | "request" };
  "invitation.create": Nothing;
  "invitation.withdraw": Nothing;
  "key.begin_login": Nothing;
  "key.check": Nothing;
  "key.log_in": Nothing;
  "key.paste": { draftId: string } | { activationId: string } | { connectionId: string };
  "link.create": Nothing;
  "link.update": Nothing;
  "link.withdraw": Nothing;
  "link_session.create": Nothing;
  "mail.resend": Nothing;
  "member.leave": Nothing;
  "member.remove": Nothing;
  "operator.create": Nothing;
  "operator.remove": Nothing;
  "partner.create": Nothing;
  "partner.profile": { fields: string[] };
  "partner_alerts.save": { digest: string };
  /** By the link of a mail, without a session. */
  "partner_alerts.stop": Nothing;
  "partner_application.accept": Nothing;
  "partner_application.create": Nothing;
  "partner_application.refuse": Nothing;
  "partner_invitation.accept": { role: string };
  "partner_invitation.create": { role: string };
  "partner_invitation.withdraw": Nothing;
  "partner_member.add": { role: string };
  "partner_member.leave": { role: string };
  "partner_member.remove": { role: string };
  "partner_member.role": { from: string; to: string };
  "person.erase": Nothing;
  "person.erasure_request": Nothing;
  /** `newDraft`: where the companies that are next were ticked already. */
  "plan.continue": { companies: number; newDraft: string | null };
  "plan.drop": Nothing;
  "plan.start": { companies: number };
  "request.answer_form": Nothing;
  "request.cancel": Nothing;
  "request.decide": { approved: number; rejected: number };
  "request.ask_retry": { environments: number };
  "request.extend": { deadlineAt: string };
  /** A member had requests written to a file, at most so many. */
  "request.export": { limit: number };
  "request.note": Nothing;
  "request.open_partner_page": Nothing;
  "request.retry": { environments: number; newDraft: string | null };
  "request.submit": { environments: number; contentHash: string };
  "partner_view.remove": Nothing;
  "partner_view.save": Nothing;
  "return_address.add": Nothing;
  "return_address.remove": Nothing;
  "run.cancel": { functionId: string; subjects: unknown };
  "run.retry": { functionId: string; subjects: unknown };
  "session.create": Nothing;
  "session.end": Nothing;
  "session.end_all": { count: number };
  "sign_in.request": Nothing;
  "sign_in.use": Nothing;
  "specification.approve": { comments: string[] };
  /** The first of two approvals. */
  "specification.approve_first": { comments: string[] };
  "specification.begin_draft": Nothing;
  /** The first save of a page; those that follow say nothing more. */
  "specification.edit_draft": Nothing;
  "specification.publish": Nothing;
  /** `comments`: the fields that the reviewer wrote to. */
  "specification.reject": { comments: string[] };
  /** When it is published by itself: ISO time, or null for "not any more". */
  "specification.schedule": { at: string | null };
  "specification.submit": { version: number; contentHash: string };
  "specification.withdraw": Nothing;
  "task.resolve": { kind: string; subjectId: string; resolution: string };
  "task.retry": { kind: string; subjectId: string };
  "vendor_application.change": { replaces: string[] };
  "vendor_application.create": { connector: string; stage: string };
  "vendor_application.delete": { connector: string; stage: string };
  "vendor_application.discard": Nothing;
  /** What the vendor said to the values in use, or to those that took their place. */
  "vendor_application.trial": { kind: string; replaced: string[] };
  "vendor_application.try": { what: string };
  "webhook_endpoint.create": { host: string };
  "webhook_endpoint.delete": Nothing;
  "webhook_endpoint.disable": { because: string };
  "webhook_endpoint.end_former_secret": Nothing;
  "webhook_endpoint.replay": { count: number } | { deliveryId: string } | { test: true };
  "webhook_endpoint.rotate_secret": Nothing;
  "webhook_endpoint.update": { changed: string[] };
} & {
  /** A call of a partner's software that was refused; what it does is recorded under its own name. */
  [M in `api.${"get" | "post" | "put" | "patch" | "delete"}`]: Nothing;
};

export type AuditAction = keyof AuditDetails;

/** Why an attempt was refused: the code that its answer had, or the refusal of a pasted key. */
export type RefusedDetail = { code: string } | { because: string };
