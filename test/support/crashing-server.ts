/** The server, with two bugs that come out on a signal. */
import '../../backend/server.ts';

process.on('SIGUSR2', () => {
  throw new TypeError('canary of an exception');
});
process.on('SIGHUP', () => {
  void Promise.reject(new TypeError('canary of a rejection'));
});
