/** How `mail` sends: what the command line says about it, what has to be known first, and how the end is told. */
import { MailAddress } from '#domain/mail.ts'
import type { LoadedCatalog } from '#catalog/catalog.ts'
import type { MailView } from '#views/mail.ts'
import { sendMail } from './send-mail.ts'
import { readRelay, type Relay } from './smtp-relay.ts'
import { CannotRun, type World } from './world.ts'

export interface DispatchValues {
  smtp?: string | undefined
  to?: string[] | undefined
  timeout: string
  flavour?: string | undefined
  out?: string | undefined
  'without-tls'?: boolean | undefined
}

export interface Dispatch {
  relay: Relay
  timeoutSeconds: number
  /** The mail with its recipients. */
  addressed: (view: MailView, loaded: LoadedCatalog) => MailView
  recipients: (view: MailView) => readonly string[]
}

/** What is to be sent where; undefined where nothing is. */
export function readDispatch(values: DispatchValues, world: World): Dispatch | undefined {
  const timeoutSeconds = Number(values.timeout)
  if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > 3600) {
    throw new CannotRun(`Unexpected time \`${values.timeout}\` after \`--timeout\`, expected 1 to 3600 seconds.`)
  }
  if (values.smtp === undefined) {
    const unused = (['to', 'without-tls'] as const).find((name) => values[name] !== undefined)
    if (unused) throw new CannotRun(`\`--${unused}\` is for a mail that is sent: expected \`--smtp\` beside it.`)
    return undefined
  }
  const other = (['flavour', 'out'] as const).find((name) => values[name] !== undefined)
  if (other) throw new CannotRun(`\`--smtp\` sends the message as it is, without \`--${other}\`: choose one of them.`)
  const relay = readRelay(values.smtp, values['without-tls'] === true, world.environment)
  const given = [...new Set(values.to ?? [])]
  const wrong = given.find((address) => !MailAddress.safeParse(address).success)
  if (wrong !== undefined) {
    throw new CannotRun(`Unexpected address \`${wrong}\` after \`--to\`, expected one such as \`list@example.org\`.`)
  }
  return {
    relay,
    timeoutSeconds,
    addressed: (view, loaded) => {
      refuseUnready(view, given, relay, loaded)
      const [first = view.headers.to, ...others] = given
      // Who gets it beside them is nobody's business.
      const to = others.length === 0 ? first : 'undisclosed-recipients:;'
      return { ...view, headers: { ...view.headers, to } }
    },
    recipients: (view) => (given.length > 0 ? given : [view.headers.to]),
  }
}

/** Sends it. @returns exit code: 0 sent to all, 1 refused for some, 2 not sent, or nobody knows */
export async function deliver(
  view: MailView,
  message: Uint8Array,
  { relay, recipients, timeoutSeconds }: Dispatch,
  asJson: boolean,
  world: World,
): Promise<number> {
  const { from, messageId, subject } = view.headers
  const to = recipients(view)
  const delivery = await sendMail(message, { from: from.address, to }, relay, timeoutSeconds)
  const name = `${relay.host}:${relay.port}`
  if (asJson)
    world.answer(`${JSON.stringify({ issue: view.id, subject, messageId, relay: name, to, ...delivery }, null, 2)}\n`)
  switch (delivery.outcome) {
    case 'taken': {
      const { accepted, refused, answer } = delivery
      const words = `Sent: ${name} took ${messageId} for ${accepted.join(', ')}${answer === '' ? '' : ` (${answer})`}.\n`
      if (asJson) world.tell(words)
      else world.answer(words)
      if (refused.length > 0) world.tell(`Not sent to ${refused.join(', ')}: ${name} refused them.\n`)
      return refused.length > 0 ? 1 : 0
    }
    case 'unknown':
      throw new CannotRun(
        `Nobody knows whether it was sent: ${name} had the whole mail, and did not confirm it: ${delivery.reason}. Look whether ${messageId} arrived before you send it again.`,
      )
    case 'not-sent':
      throw new CannotRun(`Nothing was sent: ${name}: ${delivery.reason}`)
    default:
      return delivery satisfies never
  }
}

/** What must not leave this machine: content with errors, and names that stand in for the real ones. */
function refuseUnready(view: MailView, given: readonly string[], relay: Relay, { problems }: LoadedCatalog): void {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  if (errors > 0) {
    throw new CannotRun(
      `Nothing was sent: the content has errors, ${errors} of them. \`check\` lists them with their fixes.`,
    )
  }
  if (!relay.isHere && new URL(view.siteAddress).hostname === 'localhost') {
    throw new CannotRun(
      'Nothing was sent: its links would lead to `localhost`. Write `url` into site.yml, or set SITE_URL.',
    )
  }
  // A relay on this machine may be a trial; the placeholders are names that no mail reaches.
  const missing = relay.isHere ? [] : view.placeholders.filter((key) => key !== 'to' || given.length === 0)
  if (missing.length === 0) return
  const keys = missing.map((key) => `\`${key}\``).join(', ')
  throw new CannotRun(
    `Nothing was sent: \`mail\` of site.yml does not say ${keys}${missing.includes('to') ? ', and there is no `--to`' : ''}. docs/mail.md says what they mean.`,
  )
}
