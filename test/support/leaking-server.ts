/** The server, with a leak that begins on a signal and ends when there is no memory left. */
import '../../backend/server.ts';

const kept: object[] = [];
process.on('SIGUSR2', () => {
  setInterval(() => {
    for (let left = 20_000; left > 0; left -= 1) kept.push({ left, text: `${left} of them` });
  }, 2);
});
