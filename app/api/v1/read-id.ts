import { z } from "zod";
import { AppError } from "@/lib/core/app-error";

/** The id in a path; what is no id is as unknown as one that nobody has. */
export async function readId(params: Promise<{ id: string }>, what: string): Promise<string> {
  const id = z.uuid().safeParse((await params).id);
  if (!id.success) throw new AppError("not_found", what);
  return id.data;
}
