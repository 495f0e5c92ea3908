// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {RegionalAuthority} from "./RegionalAuthority.sol";
import {Regions} from "./Regions.sol";
import {IRecognitionPolicy} from "./interfaces/IRecognitionPolicy.sol";

/// @title Which region accepts which certificates (互认规则)
contract RecognitionPolicy is IRecognitionPolicy, RegionalAuthority {
    using Regions for uint24;

    /// @dev What is kept of a rule; the hash is 0 once the rule has ended.
    struct Entry {
        bytes32 ruleHash;
        uint24 recognising;
    }

    uint8 private constant HIGHEST_ASSURANCE = 4;

    mapping(uint64 ruleId => Entry) private _entries;
    mapping(bytes32 group => bool) private _isGroup;
    uint64 private _lastRuleId;

    /// @inheritdoc IRecognitionPolicy
    uint64 public override sequence;

    /// @param manager The access manager that says who is an authority over which region.
    constructor(IAccessManager manager) RegionalAuthority(manager) {}

    /// @inheritdoc IRecognitionPolicy
    function addRule(Rule calldata rule) external override returns (uint64 ruleId) {
        _requireWellFormed(rule);
        _requireAuthority(rule.recognising);

        ruleId = ++_lastRuleId;
        _entries[ruleId] = Entry(keccak256(abi.encode(rule)), rule.recognising);
        emit RuleAdded(
            ruleId,
            rule.recognising,
            rule.certificateType,
            rule,
            msg.sender,
            ++sequence
        );
    }

    /// @inheritdoc IRecognitionPolicy
    function endRule(uint64 ruleId, string calldata basis) external override {
        if (ruleId == 0 || ruleId > _lastRuleId) revert RecognitionPolicyUnknownRule(ruleId);
        Entry storage entry = _entries[ruleId];
        _requireAuthority(entry.recognising);
        if (entry.ruleHash == 0) revert RecognitionPolicyRuleEnded(ruleId);

        entry.ruleHash = 0;
        emit RuleEnded(ruleId, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IRecognitionPolicy
    function defineGroup(
        bytes32 group,
        uint24[] calldata regions,
        string calldata basis
    ) external override {
        _requireAuthority(Regions.COUNTRY);
        if (group == 0) revert RecognitionPolicyUnknownGroup(group);
        if (regions.length == 0) revert RecognitionPolicyEmptyGroup(group);
        for (uint256 i = 0; i < regions.length; i++) _requireRegion(regions[i]);

        _isGroup[group] = true;
        emit GroupDefined(group, regions, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IRecognitionPolicy
    function ruleHashOf(uint64 ruleId) external view override returns (bytes32) {
        return _entries[ruleId].ruleHash;
    }

    function _requireWellFormed(Rule calldata rule) private view {
        _requireRegion(rule.recognising);
        _requireRegion(rule.recognised);
        if (rule.group != 0) _requireGroupAlone(rule);
        if (rule.leastAssurance > HIGHEST_ASSURANCE) {
            revert RecognitionPolicyInvalidAssurance(rule.leastAssurance);
        }
        if (rule.validUntil != 0 && rule.validUntil <= rule.validFrom) {
            revert RecognitionPolicyInvalidWindow(rule.validFrom, rule.validUntil);
        }
    }

    function _requireGroupAlone(Rule calldata rule) private view {
        if (rule.recognised != 0) {
            revert RecognitionPolicyAmbiguousRecognised(rule.recognised, rule.group);
        }
        if (!_isGroup[rule.group]) revert RecognitionPolicyUnknownGroup(rule.group);
    }

    function _requireRegion(uint24 region) private pure {
        if (!region.isValid()) revert RecognitionPolicyInvalidRegion(region);
    }
}
