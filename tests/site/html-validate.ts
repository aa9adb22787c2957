/** What html-validate asks of every page. A rule that is off has its reason here. */
import { HtmlValidate, StaticConfigLoader, type ConfigData } from 'html-validate'

const config: ConfigData = {
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // A button of a form submits it: that is HTML's own default, and what is meant where no type stands.
    'no-implicit-button-type': 'off',
    // Forms that filter while one types have nothing to submit; Enter in their field does the same.
    'wcag/h32': 'off',
    // A box that scrolls sideways is a region so that it can be named and reached by keyboard. It is no section of the text.
    'prefer-native-element': ['error', { exclude: ['region'] }],
  },
}

const validator = new HtmlValidate(new StaticConfigLoader(config))

/** What is wrong with a page: `line:column rule: message`. */
export async function validationProblemsOf(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  return results.flatMap(({ messages }) =>
    messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`),
  )
}
