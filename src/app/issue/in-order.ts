/**
 * Runs tasks as they come, at most `ahead` at a time, and gives their answers in the order of the tasks.
 * @throws what the first task to fail ended in; no further task is then asked for.
 */
export async function* inOrder<Task, Answer>(
  tasks: AsyncIterable<Task>,
  run: (task: Task) => Promise<Answer>,
  ahead: number,
): AsyncGenerator<Answer> {
  const running: Promise<Answer>[] = [];
  for await (const task of tasks) {
    const answer = run(task);
    // It is awaited later, when it may long have failed.
    answer.catch(() => undefined);
    running.push(answer);
    if (running.length >= ahead) yield await (running.shift() as Promise<Answer>);
  }
  yield* running;
}
