// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRecognitionPolicy} from "../../interfaces/IRecognitionPolicy.sol";
import {AuthorityWork} from "./AuthorityWork.t.sol";

/// @title Rules of recognition are added and ended, groups defined
abstract contract RuleWork is AuthorityWork {
    struct KeptRule {
        uint24 recognising;
        bytes32 ruleHash;
    }

    /// @dev Rule i + 1; an ended one has no hash.
    KeptRule[] private _rules;
    mapping(bytes32 group => bool) private _isGroup;

    /// @notice What the policy's last number should be.
    uint64 public policyChanges;

    constructor() {
        policyChanges = policy.sequence();
    }

    function addRule(
        uint256 who,
        uint256 where,
        uint256 whose,
        uint256 group,
        uint8 assurance,
        uint64 validUntil
    ) external {
        IRecognitionPolicy.Rule memory rule;
        rule.recognising = regions[where % 6];
        rule.recognised = regions[whose % 6];
        rule.group = bytes32(group % 4);
        rule.leastAssurance = assurance % 6;
        rule.validFrom = 100;
        rule.validUntil = validUntil % 4 == 0 ? validUntil % 200 : 0;
        uint256 allowed = _isGood(rule) ? _authoritiesOver(rule.recognising) : 0;
        if (!_changePolicy(who, allowed, abi.encodeCall(policy.addRule, (rule)))) return;
        _rules.push(KeptRule(rule.recognising, keccak256(abi.encode(rule))));
        _compareRule(_rules.length);
    }

    function endRule(uint256 who, uint256 seed) external {
        uint256 ruleId = seed % (_rules.length + 2);
        bool isGood = ruleId > 0 && ruleId <= _rules.length && _rules[ruleId - 1].ruleHash != 0;
        uint256 allowed = isGood ? _authoritiesOver(_rules[ruleId - 1].recognising) : 0;
        if (!_changePolicy(who, allowed, abi.encodeCall(policy.endRule, (uint64(ruleId), "")))) {
            return;
        }
        _rules[ruleId - 1].ruleHash = 0;
        _compareRule(ruleId);
    }

    function defineGroup(uint256 who, uint256 name, uint256 where, uint256 count) external {
        bytes32 group = bytes32(name % 4);
        uint24[] memory members = new uint24[](count % 4);
        for (uint256 i = 0; i < members.length; i++) members[i] = regions[((where % 6) + i) % 6];
        uint256 allowed = group != 0 && members.length > 0 ? _authoritiesOver(0) : 0;
        bytes memory call = abi.encodeCall(policy.defineGroup, (group, members, ""));
        if (_changePolicy(who, allowed, call)) _isGroup[group] = true;
    }

    /// @dev Compares every rule with the books.
    function _compareRules() internal {
        for (uint256 ruleId = 1; ruleId <= _rules.length; ruleId++) _compareRule(ruleId);
    }

    function _changePolicy(
        uint256 who,
        uint256 allowed,
        bytes memory call
    ) private returns (bool happened) {
        happened = _act(who, allowed, address(policy), call);
        if (happened) policyChanges++;
    }

    function _compareRule(uint256 ruleId) private {
        _expect(policy.ruleHashOf(uint64(ruleId)) == _rules[ruleId - 1].ruleHash);
    }

    function _isGood(IRecognitionPolicy.Rule memory rule) private view returns (bool) {
        if (rule.group != 0 && (rule.recognised != 0 || !_isGroup[rule.group])) return false;
        if (rule.validUntil != 0 && rule.validUntil <= rule.validFrom) return false;
        return rule.leastAssurance <= 4;
    }
}
