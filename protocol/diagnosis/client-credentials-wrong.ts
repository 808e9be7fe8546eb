import { exchangeEvidence, operatorWords, type Rule } from './rule.ts';

/** RFC 6749 §5.2: the client is not the one it says, whatever the code was worth. A wordless 401 may be a gateway's. */
export const clientCredentialsWrong: Rule = ({ failure }) => {
  if (failure?.code !== 'token.invalid_client') return null;
  const words = operatorWords(failure);
  return {
    code: 'client_credentials_wrong',
    owner: 'client_setup',
    confidence: words.startsWith('invalid_client') ? 'certain' : 'likely',
    evidence: exchangeEvidence('token', words || '401'),
    cure: 'check_credentials',
  };
};
