import { notFound } from "next/navigation";
import { z } from "zod";
import { TaskDetail } from "@/components/operator/tasks/task-detail";
import { isAppError } from "@/lib/core/app-error";
import { getTask } from "@/lib/operations/task/queries";
import { getOperator } from "@/lib/people/auth/operator";
import { asOperator } from "../../../as-operator";
import { resolveTaskAction, retryTaskAction } from "../actions";

type Props = { params: Promise<{ id: string }> };

export default async function TaskPage({ params }: Props) {
  const { id } = await params;
  const viewer = await getOperator(`/operator/tasks/${id}`);
  if (!z.uuid().safeParse(id).success) notFound();
  const task = await asOperator(viewer, (tx) => getTask(tx, id)).catch((error: unknown) => {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  });
  return (
    <TaskDetail
      task={task}
      hrefs={{ list: "/operator/tasks" }}
      actions={{ resolve: resolveTaskAction, retry: retryTaskAction }}
    />
  );
}
