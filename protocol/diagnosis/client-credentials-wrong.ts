import { exchangeEvidence, operatorWords, type Rule } from './rule.ts';

/** RFC 6749 §5.2: the client is not the one it says, whatever the code was worth. */
export const clientCredentialsWrong: Rule = ({ failure }) => {
  if (failure?.code !== 'token.invalid_client') return null;
  return {
    code: 'client_credentials_wrong',
    owner: 'client_setup',
    confidence: 'certain',
    evidence: exchangeEvidence('token', operatorWords(failure) || '401'),
    cure: 'check_credentials',
  };
};
