# frozen_string_literal: true

# Reads one scenario (a JSON line) and prints what the AWS SDK for Ruby would have sent, or the error it raised.
# The environment and the profile files are already those of the scenario.
# Usage: ruby record.rb LOAD_PATH_FILE [fork]. With fork, each line is a scenario with its environment and directory, run in a
# child of its own, so that the SDK is loaded once.

require 'json'
require 'net/http'
require 'socket'

# The second wall: no connection leaves this machine. The first is {Capture}.
module Loopback
  class Refused < Exception; end # rubocop:disable Lint/InheritException: no rescue of the SDK may swallow it

  # Where a connection may go: a name of this machine stays, the address of instance metadata becomes the stand-in's.
  def self.place(host, port)
    return [host, port] if ['127.0.0.1', '::1', 'localhost'].include?(host.to_s)
    if ENV['STS_RECORDER_IMDS'] && host.to_s == '169.254.169.254'
      stand_in = URI(ENV['STS_RECORDER_IMDS'])
      return [stand_in.host, stand_in.port]
    end
    raise Refused, "connection to #{host}:#{port} refused"
  end

  # TCPSocket.open and .new, which Net::HTTP uses.
  module Tcp
    def open(host, port, *rest, **options, &block)
      super(*Loopback.place(host, port), *rest, **options, &block)
    end

    def new(host, port, *rest, **options, &block)
      super(*Loopback.place(host, port), *rest, **options, &block)
    end
  end

  # Socket#connect, below every other way to connect.
  module Plain
    def connect(address)
      address = Addrinfo.new(address) unless address.is_a?(Addrinfo)
      raise Refused, "connection to #{address.inspect} refused" unless
        address.unix? || address.ipv4_loopback? || address.ipv6_loopback?

      super
    end
  end

  TCPSocket.singleton_class.prepend(Tcp)
  Socket.prepend(Plain)
end

folders = File.readlines(ARGV.fetch(0), chomp: true)
$LOAD_PATH.unshift(*folders.map { |folder| File.expand_path(folder, File.dirname(ARGV[0])) })
require 'aws-sdk-core'
require 'aws-sdk-sts'

# The request, caught where the SDK hands it to Net::HTTP.
class Captured < Exception # rubocop:disable Lint/InheritException: the SDK's handlers rescue StandardError
  attr_reader :request

  def initialize(request)
    super('captured')
    @request = request
  end
end

# Takes the place of Net::HTTP under every client, those inside credential providers too.
module Capture
  private

  def transmit(_config, request, _response)
    raise Captured, request
  end
end

unless Seahorse::Client::NetHttp::Handler.private_method_defined?(:transmit)
  abort 'Seahorse::Client::NetHttp::Handler#transmit is gone: the request cannot be caught'
end
Seahorse::Client::NetHttp::Handler.prepend(Capture)

# Arguments that each operation requires.
ARGUMENTS = {
  'AssumeRole' => { role_arn: 'arn:aws:iam::123456789012:role/demo', role_session_name: 'demo' },
  'AssumeRoleWithSAML' => {
    role_arn: 'arn:aws:iam::123456789012:role/demo',
    principal_arn: 'arn:aws:iam::123456789012:saml-provider/demo',
    saml_assertion: 'c2FtbA=='
  },
  'AssumeRoleWithWebIdentity' => {
    role_arn: 'arn:aws:iam::123456789012:role/demo', role_session_name: 'demo', web_identity_token: 'token'
  },
  'DecodeAuthorizationMessage' => { encoded_message: 'message' },
  'GetAccessKeyInfo' => { access_key_id: 'AKIDEXAMPLEEXAMPLE' },
  'GetCallerIdentity' => {},
  'GetFederationToken' => { name: 'demo' },
  'GetSessionToken' => {}
}.freeze

METHODS = {
  'AssumeRole' => :assume_role,
  'AssumeRoleWithSAML' => :assume_role_with_saml,
  'AssumeRoleWithWebIdentity' => :assume_role_with_web_identity,
  'DecodeAuthorizationMessage' => :decode_authorization_message,
  'GetAccessKeyInfo' => :get_access_key_info,
  'GetCallerIdentity' => :get_caller_identity,
  'GetFederationToken' => :get_federation_token,
  'GetSessionToken' => :get_session_token
}.freeze

# The recorder failed, which says nothing about the SDK.
class Fault < Exception; end # rubocop:disable Lint/InheritException: as {Captured}

# An option, an operation or an entry that the release does not have.
class NotApplicable < StandardError; end

# Runs one scenario.
class Recorder
  # The options of a client by their names in a scenario.
  OPTIONS = {
    'region' => :region,
    'endpoint' => :endpoint,
    'sts_regional_endpoints' => :sts_regional_endpoints,
    'use_fips' => :use_fips_endpoint,
    'use_dualstack' => :use_dualstack_endpoint
  }.freeze

  def initialize(scenario)
    @scenario = scenario
  end

  def outcome
    perform
  rescue Captured => e
    sent(e.request)
  rescue NotApplicable => e
    { kind: 'not-applicable', why: e.message }
  rescue StandardError => e
    { kind: 'error', category: category(e), type: e.class.name, message: e.message.dup.force_encoding('UTF-8').scrub }
  end

  private

  def perform
    options = client_options
    case @scenario.fetch('entry')
    when 'client' then @scenario['presign'] ? (return presigned(options)) : call(client(options))
    when 'profile-assume-role' then assume_role(options)
    when 'web-identity-env', 'web-identity-profile' then web_identity(options)
    else raise NotApplicable, "no such entry: #{@scenario['entry']}"
    end
    raise Fault, 'the call ended without a request and without an error'
  end

  def client_options
    given = @scenario.fetch('code').compact
    OPTIONS.select { |name, _| given.key?(name) }.to_h { |name, option| [option, given.fetch(name)] }
  end

  # Nothing but the first attempt is of interest. A client names the first option that it does not know.
  def client(options)
    Aws::STS::Client.new(retry_limit: 0, **options)
  rescue ArgumentError => e
    unknown = e.message[/\Ainvalid configuration option `:(\w+)'/, 1]
    raise unless unknown

    raise NotApplicable, "no such option in code: #{unknown}"
  end

  def call(client)
    operation = @scenario.fetch('operation')
    method = METHODS.fetch(operation)
    raise NotApplicable, "no such operation: #{operation}" unless client.respond_to?(method)

    client.public_send(method, ARGUMENTS.fetch(operation))
  end

  # A client with `profile` prefers that profile over keys in the environment since 3.90.0; before, and where no client
  # is around the chain, the chain's own step is called.
  def assume_role(options)
    if @scenario['alone']
      return no_credentials(ENV.key?('AWS_ACCESS_KEY_ID') ? role_step(nil) : Aws::CredentialProviderChain.new.resolve)
    end

    options = options.merge(profile: ENV['AWS_PROFILE']) if ENV['AWS_PROFILE']
    around = client(options)
    role_step(around.config) unless Aws::CredentialProviderChain.private_method_defined?(:static_profile_assume_role_credentials)
    no_credentials(around.config.credentials)
  end

  def role_step(config)
    Aws::CredentialProviderChain.new(config).send(:assume_role_credentials, config: config)
  end

  def web_identity(options)
    provider = @scenario['alone'] ? Aws::CredentialProviderChain.new.resolve : client(options).config.credentials
    no_credentials(provider)
  end

  # The chain ended without a call to STS: an ordinary call then says that there is nothing to sign with.
  def no_credentials(provider)
    raise Aws::Errors::MissingCredentialsError if provider.nil? || !provider.set?

    raise Fault, "the chain found other credentials: #{provider.class}"
  end

  def presigned(options)
    raise NotApplicable, 'no presigner' unless defined?(Aws::STS::Presigner)

    url = URI(Aws::STS::Presigner.new(client: client(options)).get_caller_identity_presigned_url)
    credential = URI.decode_www_form(url.query).to_h.fetch('X-Amz-Credential')
    { kind: 'request', url: "#{url.scheme}://#{url.host}/", signing_region: credential.split('/')[2] }
  end

  def sent(request)
    url = request.endpoint.to_s.sub(/\?.*/m, '')
    url += '/' if request.endpoint.path.empty?
    authorization = request.headers['authorization']
    region = authorization && authorization[%r{Credential=[^/]*/[^/]*/([^/]*)/}, 1]
    { kind: 'request', url: url, signing_region: region }
  end

  def category(error)
    case error
    when Aws::Errors::MissingRegionError then 'missing-region'
    when Aws::Errors::MissingCredentialsError, Aws::Errors::NoSourceProfileError then 'missing-credentials'
    when Aws::Errors::NoSuchProfileError then 'profile-not-found'
    when URI::InvalidURIError then error.message.include?('https://sts') ? 'invalid-region' : 'invalid-endpoint'
    else category_by_words(error)
    end
  end

  def category_by_words(error)
    return 'invalid-region' if error.class.name == 'Aws::Errors::InvalidRegionError'

    case error.message
    when /\AInvalid Configuration: /, /not supported for this region and partition/ then 'unsupported-variant'
    when /expected :endpoint to be a HTTP or HTTPS endpoint/ then 'invalid-endpoint'
    else 'other'
    end
  end
end

# In a child: the scenario's environment. What the SDK read from the other one as it was loaded is read again.
def answer(asked)
  ENV.replace(asked.fetch('env'))
  Dir.chdir(asked.fetch('directory'))
  Aws.shared_config.fresh(config_enabled: !ENV.key?('AWS_SDK_CONFIG_OPT_OUT'))
  { outcome: Recorder.new(asked.fetch('scenario')).outcome }
rescue Exception => e # rubocop:disable Lint/RescueException: whatever it is, the front door is told
  { failed: "#{e.class}: #{e.message}" }
end

out = $stdout.dup
out.sync = true
$stdout.reopen($stderr) # what the SDK prints is no outcome
if ARGV[1] != 'fork'
  out.puts JSON.generate(Recorder.new(JSON.parse($stdin.read)).outcome)
  exit
end

Aws::STS::Client.plugins
while (line = $stdin.gets)
  child = fork do
    out.puts JSON.generate(answer(JSON.parse(line)))
    exit!(true)
  end
  _, status = Process.wait2(child)
  out.puts JSON.generate(failed: "the child ended with #{status}") unless status.success?
end
