-- sha256: vectors of FIPS 180-4 (NIST's examples for SHA-256) and lengths
-- around the padding's edges, against coreutils.
local core = require "evalua.core"
local support = require "support"

local vectors = {
  { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
  { "abc",
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
  { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
  { "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
    .. "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
    "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
  { ("a"):rep(1000000),
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
}

describe("sha256", function()
  for i, vector in ipairs(vectors) do
    it("gives the published digest, vector " .. i, function()
      assert.equal(vector[2], core.store.sha256(vector[1]))
    end)
  end

  it("agrees with sha256sum at the edges of a block", function()
    for _, n in ipairs { 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 65536 } do
      local path = support.write("x", ("é\0"):rep(n):sub(1, n))
      local found = support.run { "sha256sum", path }
      assert.equal(found.out:sub(1, 64), core.store.sha256_file(path))
      assert.equal(found.out:sub(1, 64),
        core.store.sha256(support.read(path)))
    end
  end)

  it("says which file cannot be read", function()
    local digest, message, code = core.store.sha256_file "/nowhere"
    assert.is_nil(digest)
    assert.equal("cannot open '/nowhere' (No such file or directory)", message)
    assert.equal("io", code)
  end)
end)
