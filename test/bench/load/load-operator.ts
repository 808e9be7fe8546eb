/** A process of its own: the simulated operator, as slow as a real one. Says where it is; asked, says what it has counted. */
import { startSimulatedOperator } from '../../../backend/simulator/simulated-operator.ts';

/** 200 ms, give or take 150. */
const ANSWER_MS = [50, 350] as const;

const operator = await startSimulatedOperator({
  mode: 'loopback',
  client: { id: 'load', secret: 'the-secret-of-the-load' },
  answerMs: ANSWER_MS,
});
const { close, issuedSecrets: _, counters, ...rest } = operator;
process.on('message', (message) => {
  if (message === 'counters') process.send?.({ counters });
});
process.once('disconnect', () => void close());
process.send?.({ operator: { ...rest, scenarios: rest.scenarios.filter(({ name }) => name === 'match') } });
