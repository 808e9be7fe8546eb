/**
 * Sends what comes up in one turn of the event loop as one message: a commit answers hundreds of callers at once, and a
 * message of its own for each takes longer than what it says.
 */
export function createOutbox<T>(post: (messages: T[]) => void): (message: T) => void {
  let waiting: T[] = [];
  const flush = () => {
    const messages = waiting;
    waiting = [];
    post(messages);
  };
  return (message) => {
    if (waiting.length === 0) setImmediate(flush);
    waiting.push(message);
  };
}
